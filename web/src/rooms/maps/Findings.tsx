/** What the checks find on the map: each finding leads to its element, and is mended in one click where it can be. */
import { ActionIcon, Button } from '@mantine/core';
import { IconWand, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
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
interface FindingsProps {
  findings: Finding[];
  editor: Editor | null;
  onSelect: (id: string | null) => void;
  onClose: () => void;
}
export default function Findings({ findings, editor, onSelect, onClose }: FindingsProps) {
  const { t } = useTranslation('maps');
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
        const these = findings.filter((each) => each.severity === severity);
        return (
          these.length > 0 && (
            <section key={severity} aria-label={t(`finding.${severity}`)}>
              <h3 className={w.title}>
                {t(`finding.${severity}`)}
                <Badge tone={severity === 'error' ? 'red' : 'amber'}>{these.length}</Badge>
              </h3>
              <ul className={s.findings}>
                {these.map((each) => (
                  <One
                    key={`${each.code}${each.element}${each.about}`}
                    finding={each}
                    editor={editor}
                    onSelect={onSelect}
                  />
                ))}
              </ul>
            </section>
          )
        );
      })}
    </aside>
  );
}
interface OneProps {
  finding: Finding;
  editor: Editor | null;
  onSelect: (id: string | null) => void;
}
function One({ finding, editor, onSelect }: OneProps) {
  const mend = useMend(editor);
  return (
    <li data-severity={finding.severity}>
      {finding.element ? (
        <button type="button" className={s.say} onClick={() => onSelect(finding.element)}>
          {finding.say}
        </button>
      ) : (
        <span className={s.say}>{finding.say}</span>
      )}
      {editor && finding.fix && (
        <Button
          size="compact-xs"
          variant="light"
          classNames={{ label: s.fix! }}
          leftSection={<IconWand size={13} />}
          loading={mend.isPending}
          onClick={() => mend.mutate(finding)}
        >
          {finding.fix}
        </Button>
      )}
    </li>
  );
}
/** Asks the server for the mended map and takes it as one edit, like any other. */
function useMend(editor: Editor | null) {
  const { t } = useTranslation('maps');
  return useMutation({
    mutationFn: ({ code, element, about }: Finding) =>
      http.post<{ map: MapDoc }>('/api/maps/fix', { map: editor?.map, code, element, about }),
    onError: toastProblem,
    onSuccess: ({ map }, { fix }) => {
      editor?.change(() => map);
      toastUndo(t('finding.fixed', { fix }), t('undo'), () => editor?.undoLast());
    },
  });
}
