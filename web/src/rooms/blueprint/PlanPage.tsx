/** What the published maps would change, in sentences, before anything changes. */
import { Alert, Button, Select } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { http } from '@/client/http';
import { useSession } from '@/client/session';
import { toast, toastProblem } from '@/client/toast';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Badge } from '@/design/ui';
import { addTexts, useTranslation } from '@/i18n';
import en from './en.json';
import fr from './fr.json';
import s from './PlanPage.module.css';

addTexts('blueprint', { fr, en });

interface Change {
  uid: string;
  action: 'add' | 'change' | 'remove' | 'rename';
  theme: string;
  say: string;
  warn: string | null;
  destructive: boolean;
  records: number;
  origin: { map: string; map_id: string; element: string } | null;
}
interface Fate {
  pipeline: string;
  stage: string;
  label: string;
  records: number;
  incomplete: number;
  missing: string[];
  no_place: boolean;
  targets: { uid: string; label: string }[];
  target: string | null;
}
interface Plan {
  hash: string;
  base_version: number;
  empty: boolean;
  changes: Change[];
  fates: Fate[];
  problems: { where: string; detail: string }[];
}
const THEMES = ['objects', 'fields', 'stages', 'gates', 'roles', 'other'];
const SIGNS = { add: ['+', 'green'], change: ['~', 'violet'], rename: ['~', 'violet'], remove: ['−', 'red'] } as const;

export function PlanPage() {
  const { t } = useTranslation('blueprint');
  const plan = useQuery({ queryKey: ['plan'], staleTime: 0, queryFn: () => http.get<Plan>('/api/plan') });
  const [targets, setTargets] = useState<Record<string, string>>({});
  const queries = useQueryClient();
  const apply = useMutation({
    mutationFn: ({ hash, base_version }: Plan) =>
      http.post<{ version: number }>('/api/plan/apply', { hash, base_version, fates: targets }),
    onError: toastProblem,
    onSuccess: async ({ version }) => {
      toast(t('applied', { version }));
      await queries.invalidateQueries();
    },
  });
  const mayApply = useSession().may.apply;
  const known = plan.data;
  const homeless = known?.fates.some((fate) => fate.no_place && !(targets[fate.stage] ?? fate.target)) ?? false;
  return (
    <>
      <PageHead crumbs={[t('title')]}>
        {known && !known.empty && mayApply && (
          <Button
            disabled={homeless || known.problems.length > 0}
            loading={apply.isPending}
            onClick={() => apply.mutate(known)}
          >
            {t('apply')}
          </Button>
        )}
      </PageHead>
      <div className={s.scroll}>
        <Await query={plan}>
          {(data) => (
            <>
              {data.problems.length > 0 && (
                <Alert color="red" variant="light" title={t('problems')}>
                  {data.problems.map((each) => each.detail).join(' ')}
                </Alert>
              )}
              {data.empty && (
                <Empty icon={<IconCircleCheck size={30} stroke={1.3} />} title={t('empty')}>
                  {t('emptyLead')}
                </Empty>
              )}
              {THEMES.map((theme) => (
                <Theme key={theme} theme={theme} changes={data.changes.filter((each) => each.theme === theme)} />
              ))}
              <Fates
                fates={data.fates.filter((each) => each.no_place || each.incomplete)}
                targets={targets}
                onChange={setTargets}
              />
            </>
          )}
        </Await>
      </div>
    </>
  );
}
function Theme({ theme, changes }: { theme: string; changes: Change[] }) {
  const { t } = useTranslation('blueprint');
  if (!changes.length) return null;
  return (
    <section>
      <h2>{t(`theme.${theme}`)}</h2>
      <ul className={s.list}>
        {changes.map((change) => (
          <li key={`${change.uid}${change.say}`}>
            <Badge tone={SIGNS[change.action][1]}>{SIGNS[change.action][0]}</Badge>
            <span>{change.say}</span>
            {change.destructive && <Badge tone="red">{t('destructive')}</Badge>}
            {change.records > 0 && <small>{t('records', { count: change.records })}</small>}
            {change.origin && (
              <small>
                <Link
                  to="/cartes/$id"
                  params={{ id: change.origin.map_id }}
                  search={{ element: change.origin.element }}
                >
                  {t('from', { map: change.origin.map })}
                </Link>
              </small>
            )}
            {change.warn && <p className={s.warn}>{change.warn}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
interface FatesProps {
  fates: Fate[];
  targets: Record<string, string>;
  onChange: (targets: Record<string, string>) => void;
}
function Fates({ fates, targets, onChange }: FatesProps) {
  const { t } = useTranslation('blueprint');
  if (!fates.length) return null;
  return (
    <section>
      <h2>{t('fates')}</h2>
      <ul className={s.list}>
        {fates.map((fate) => (
          <li key={`${fate.pipeline}.${fate.stage}`}>
            <Badge>{t('records', { count: fate.records })}</Badge>
            <span>{fate.label}</span>
            {fate.no_place ? (
              <Select
                aria-label={`${t('target')} – ${fate.label}`}
                placeholder={t('choose')}
                data={fate.targets.map((each) => ({ value: each.uid, label: each.label }))}
                value={targets[fate.stage] ?? fate.target}
                onChange={(uid) => uid && onChange({ ...targets, [fate.stage]: uid })}
              />
            ) : (
              <small>{t('incomplete', { missing: fate.missing.join(', ') })}</small>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
