/** What a part of the CRM is, and the elements of maps that ask for it. */
import { Popover } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { answer, api, type Shape } from '@/client/api';
import { Await } from '@/design/states';
import { type Asked, mayBeLocal } from './asked';
import { Held } from './local/Held';
import { useTranslation } from './texts';
import s from './Why.module.css';

interface Props extends Asked {
  button: (onClick: () => void) => ReactNode;
  children?: ReactNode;
}
export default function Opened({ button, children, theme, path }: Props) {
  const { t } = useTranslation('why');
  const [open, setOpen] = useState(true);
  const here = useRef<HTMLSpanElement>(null);
  const why = useQuery({
    queryKey: ['why', theme, path],
    queryFn: () => answer(api.GET('/api/why/{theme}/{path}', { params: { path: { theme, path } } })),
  });
  return (
    <Popover
      opened={open}
      onChange={setOpen}
      onClose={() => here.current?.querySelector('button')?.focus()}
      position="bottom-start"
      width={280}
      withinPortal
      withRoles={false}
      trapFocus
    >
      <Popover.Target>
        <span ref={here}>{button(() => setOpen(!open))}</span>
      </Popover.Target>
      <Popover.Dropdown className={s.said} role="dialog" tabIndex={-1} aria-label={t('title')}>
        {children}
        <Await query={why} rows={2}>
          {(known) => (
            <>
              <b>{known.label}</b>
              {known.facts.length > 0 && (
                <ul>
                  {known.facts.map((each) => (
                    <li key={each}>{each}</li>
                  ))}
                </ul>
              )}
              {known.held && mayBeLocal(theme) && <Held theme={theme} path={path} held={known.held} />}
              {known.reasons.length === 0 && <p>{t('base')}</p>}
              {known.reasons.map((each) => (
                <Reason key={`${each.map_id}/${each.element}`} reason={each} />
              ))}
            </>
          )}
        </Await>
      </Popover.Dropdown>
    </Popover>
  );
}
function Reason({ reason }: { reason: Shape<'ReasonOut'> }) {
  const { t } = useTranslation('why');
  const map = t('from', { map: reason.map });
  return (
    <div className={s.reason}>
      <Link
        to="/cartes/$id"
        params={{ id: reason.map_id }}
        search={reason.element ? { element: reason.element } : {}}
        title={t('open')}
      >
        <IconRoute size={14} aria-hidden /> {reason.where || map}
      </Link>
      <small>
        {map} · {t(`priority.${reason.priority}`)} · {t('phase', { phase: reason.phase })}
      </small>
      {reason.irritants.map((one) => (
        <p key={one}>
          {t('answers')} <q>{one}</q>
        </p>
      ))}
    </div>
  );
}
