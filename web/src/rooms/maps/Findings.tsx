/** What the checks find on the map: each finding leads to its element, and is mended in one click where it can be.
 * What mends is asked for here alone, for the first findings: the others come up as these are mended. */
import { ActionIcon, Button } from '@mantine/core';
import { IconWand, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import type { Shape } from '@/client/api';
import { http } from '@/client/http';
import type { Finding, MapDoc } from '@/client/maps';
import { toastProblem, toastUndo } from '@/client/toast';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import s from './Findings.module.css';
import { useTranslation } from './texts';
import type { Editor } from './useEditor';

const SubjectField = lazy(() => import('./SubjectField'));
const NO_SUBJECT = 'maps.no_subject';
const SHOWN = 100;
const keyOf = (each: { code: string; element: string | null; about: string }) =>
  [each.code, each.element, each.about].join('/');
interface FindingsProps {
  mapId: string;
  findings: Finding[];
  editor: Editor | null;
  onSelect: (id: string | null) => void;
  onClose: () => void;
}
export default function Findings({ mapId, findings, editor, onSelect, onClose }: FindingsProps) {
  const { t } = useTranslation('maps');
  const { data: offers } = useFixes(mapId, editor ? findings : []);
  const mend = useMend(mapId, editor);
  const shown = findings.slice(0, SHOWN);
  return (
    <aside className={w.inspector} aria-label={t('findings')}>
      <div className={w.inspectorHead}>
        <h2>{t('findings')}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      <p className={s.lead} role="status">
        {findings.length ? t('finding.lead') : t('noFinding')}
      </p>
      {editor && findings.some((each) => each.code === NO_SUBJECT) && (
        <Suspense>
          <SubjectField
            value={editor.map.subject}
            onChange={(subject) => editor.change((known) => ({ ...known, subject }))}
          />
        </Suspense>
      )}
      {(['error', 'warning'] as const).map((severity) => {
        const these = shown.filter((each) => each.severity === severity);
        return (
          these.length > 0 && (
            <section key={severity} aria-label={t(`finding.${severity}`)}>
              <h3 className={w.title}>
                {t(`finding.${severity}`)}
                <Badge tone={severity === 'error' ? 'red' : 'amber'}>
                  {findings.filter((each) => each.severity === severity).length}
                </Badge>
              </h3>
              <ul className={s.findings}>
                {these.map((each) => (
                  <One
                    key={keyOf(each)}
                    finding={each}
                    offers={offers?.filter((one) => keyOf(one) === keyOf(each)) ?? []}
                    mend={mend}
                    onSelect={onSelect}
                  />
                ))}
              </ul>
            </section>
          )
        );
      })}
      {findings.length > SHOWN && <p className={s.lead}>{t('finding.more', { count: findings.length - SHOWN })}</p>}
    </aside>
  );
}
type Offer = Shape<'OfferOut'>;
interface Mended {
  map: MapDoc;
  made?: string;
}
/** What mends the findings that are shown; asked again whenever they change. */
function useFixes(id: string, findings: Finding[]) {
  return useQuery({
    queryKey: ['fixes', id, findings.map(keyOf)],
    enabled: findings.length > 0,
    placeholderData: (known) => known,
    queryFn: () => http.get<Offer[]>(`/api/maps/${id}/fixes`),
  });
}
interface OneProps {
  finding: Finding;
  offers: Offer[];
  mend: ReturnType<typeof useMend>;
  onSelect: (id: string | null) => void;
}
function One({ finding, offers, mend, onSelect }: OneProps) {
  return (
    <li data-severity={finding.severity}>
      {finding.element ? (
        <button type="button" className={s.say} onClick={() => onSelect(finding.element)}>
          {finding.say}
        </button>
      ) : (
        <span className={s.say}>{finding.say}</span>
      )}
      {offers.map((offer) => (
        <Button
          key={offer.say}
          size="compact-xs"
          variant="light"
          classNames={{ label: s.fix! }}
          leftSection={<IconWand size={13} />}
          loading={mend.isPending && mend.variables === offer}
          onClick={() => mend.mutate(offer)}
        >
          {offer.say}
        </Button>
      ))}
    </li>
  );
}
/** Asks the server for the mended map and takes it as one edit, like any other; a map made on the way goes with it. */
function useMend(id: string, editor: Editor | null) {
  const { t } = useTranslation('maps');
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ code, element, about, phase }: Offer) =>
      phase
        ? http.post<Mended>(`/api/maps/${id}/gather`, { map: editor?.map, phase })
        : http.post<Mended>('/api/maps/fix', { map: editor?.map, code, element, about }),
    onError: toastProblem,
    onSuccess: ({ map, made }, { say }) => {
      editor?.change(() => map);
      if (made) void queries.invalidateQueries({ queryKey: ['maps'] });
      toastUndo(t('finding.fixed', { fix: say }), t('undo'), () => {
        editor?.undoLast();
        if (made) void http.delete(`/api/maps/${made}`);
      });
    },
  });
}
