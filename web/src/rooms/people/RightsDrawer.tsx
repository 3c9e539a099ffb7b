/** What a person may do, on which records, and which of their roles gives it. */
import { Button, Drawer } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useSay, useSchemaQuery } from '@/client/schema';
import { toastProblem } from '@/client/toast';
import { Await } from '@/design/states';
import { Why as WhyRole } from '@/why/Why';
import s from './People.module.css';
import { type Given, type Granted, lookThrough, type Member, useGranted } from './queries';
import { useTranslation } from './texts';

const VERBS = ['create', 'read', 'update', 'delete', 'export', 'override'] as const;
export function RightsDrawer({ member, onClose }: { member: Member; onClose: () => void }) {
  const { t } = useTranslation('people');
  const granted = useGranted(member.id);
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={t('rights.title', { name: member.name })}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <Button
        variant="default"
        leftSection={<IconEye size={15} />}
        onClick={() => void lookThrough(member.id).catch(toastProblem)}
      >
        {t('seeAs', { name: member.name })}
      </Button>
      <Roles member={member} />
      <p className={s.faint}>{t(member.is_admin ? 'rights.leadAdmin' : 'rights.lead')}</p>
      <Await query={granted}>
        {(known) => (
          <div className={s.scroll} tabIndex={0} role="region" aria-label={t('rights.open')}>
            <table className={s.table}>
              <thead>
                <tr>
                  <th scope="col">{t('rights.object')}</th>
                  {VERBS.map((verb) => (
                    <th key={verb} scope="col">
                      {t(`verb.${verb}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {known.map((each) => (
                  <Line key={each.object} granted={each} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Await>
    </Drawer>
  );
}
function Roles({ member }: { member: Member }) {
  const say = useSay();
  const known = useSchemaQuery().data?.roles ?? [];
  const held = known.filter((role) => member.roles.includes(role.uid));
  return (
    <p>
      {held.map((role) => (
        <span key={role.uid}>
          {say(role.label)} <WhyRole theme="roles" path={role.uid} what={say(role.label)} />{' '}
        </span>
      ))}
    </p>
  );
}
function Line({ granted }: { granted: Granted }) {
  const { t } = useTranslation('people');
  const say = useSay();
  const listed = (fields: Granted['hidden']) => fields.map(say).join(', ');
  return (
    <tr>
      <th scope="row">
        {say(granted.label)}
        {granted.hidden.length > 0 && <small>{t('rights.hidden', { fields: listed(granted.hidden) })}</small>}
        {granted.read_only.length > 0 && <small>{t('rights.readOnly', { fields: listed(granted.read_only) })}</small>}
      </th>
      {VERBS.map((verb) => (
        <td key={verb}>
          <Why given={granted.verbs[verb]} yes={verb === 'create'} />
        </td>
      ))}
    </tr>
  );
}
function Why({ given, yes }: { given: Given; yes: boolean }) {
  const { t } = useTranslation('people');
  const say = useSay();
  if (given.scope === 'none') return <span className={s.faint}>–</span>;
  return (
    <>
      {t(yes ? 'scope.yes' : `scope.${given.scope}`)}
      {given.by.length > 0 && <small>{given.by.map(say).join(', ')}</small>}
    </>
  );
}
