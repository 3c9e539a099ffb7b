/** The versions that were applied, newest first; the last one can be taken back. */
import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { Await } from '@/design/states';
import { Badge } from '@/design/ui';
import { dayTime } from '@/lib/format';
import { lazy, Suspense, useState } from 'react';
import s from './PlanPage.module.css';
import { useVersion, useVersions, type Version } from './queries';
import { useTranslation } from './texts';

const Undo = lazy(() => import('./Undo'));
const SAID = 4;
export function History({ mayUndo, onAsked }: { mayUndo: boolean; onAsked: (job: string) => void }) {
  const { t } = useTranslation('blueprint');
  const versions = useVersions().data ?? [];
  const [undoing, setUndoing] = useState<number | null>(null);
  const [shown, setShown] = useState<number | null>(null);
  if (!versions.length) return null;
  return (
    <section>
      <h2>{t('history')}</h2>
      <ul className={s.list}>
        {versions.map((each) => (
          <li key={each.n}>
            <Badge>{t('version', { n: each.n })}</Badge>
            <span>
              {dayTime(each.at)} · {each.author}
            </span>
            {each.undone && <Badge tone="amber">{t('undoneMark')}</Badge>}
            {mayUndo && each.may_undo && (
              <Button size="compact-xs" variant="default" onClick={() => setUndoing(each.n)}>
                {t('undo')}
              </Button>
            )}
            <Button
              size="compact-xs"
              variant="subtle"
              aria-expanded={shown === each.n}
              onClick={() => setShown(shown === each.n ? null : each.n)}
            >
              {t('detail')}
            </Button>
            <small className={s.said}>{saidOf(each, t)}</small>
            {shown === each.n && <Detail n={each.n} />}
          </li>
        ))}
      </ul>
      {undoing !== null && (
        <Suspense>
          <Undo n={undoing} onClose={() => setUndoing(null)} onAsked={onAsked} />
        </Suspense>
      )}
    </section>
  );
}
function Detail({ n }: { n: number }) {
  const { t } = useTranslation('blueprint');
  return (
    <div className={s.said}>
      <Await query={useVersion(n)} rows={2}>
        {(known) => (
          <>
            {known.moved > 0 && <small>{t('moved', { count: known.moved })}</small>}
            <ul className={s.details}>
              {known.changes.map((each) => (
                <li key={each.say}>
                  {each.say}
                  {each.details.length > 0 && <small> {each.details.join(' · ')}</small>}
                </li>
              ))}
            </ul>
          </>
        )}
      </Await>
    </div>
  );
}
function saidOf(version: Version, t: TFunction<'blueprint'>): string {
  if (version.undoes != null) return t('undoes', { n: version.undoes });
  const said = version.says.slice(0, SAID).join(' · ');
  const rest = version.says.length - SAID;
  return rest > 0 ? `${said} · ${t('moreSaid', { count: rest })}` : said;
}
