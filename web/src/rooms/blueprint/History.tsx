/** The versions that were applied, newest first; the last one can be taken back. */
import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { Badge } from '@/design/ui';
import { dayTime } from '@/lib/format';
import s from './PlanPage.module.css';
import { useUndo, useVersions, type Version } from './queries';
import { useTranslation } from './texts';

const SAID = 4;
export function History({ mayUndo }: { mayUndo: boolean }) {
  const { t } = useTranslation('blueprint');
  const versions = useVersions().data ?? [];
  const undo = useUndo();
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
              <Button size="compact-xs" variant="default" loading={undo.isPending} onClick={() => undo.mutate(each.n)}>
                {t('undo')}
              </Button>
            )}
            <small className={s.said}>{saidOf(each, t)}</small>
          </li>
        ))}
      </ul>
    </section>
  );
}
function saidOf(version: Version, t: TFunction<'blueprint'>): string {
  if (version.undoes != null) return t('undoes', { n: version.undoes });
  const said = version.says.slice(0, SAID).join(' · ');
  const rest = version.says.length - SAID;
  return rest > 0 ? `${said} · ${t('moreSaid', { count: rest })}` : said;
}
