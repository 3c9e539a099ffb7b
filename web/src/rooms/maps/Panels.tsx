/** The findings of the checks, and the gaps between the to-be and the as-is. */
import { ActionIcon } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import type { Finding } from '@/client/maps';
import { Await } from '@/design/states';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import { useGap } from './queries';
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
export function Findings({ findings, editor, onSelect, onClose }: FindingsProps) {
  const { t } = useTranslation('maps');
  return (
    <aside className={w.inspector} aria-label={t('findings')}>
      <div className={w.inspectorHead}>
        <h2>{t('findings')}</h2>
        <ActionIcon aria-label={t('close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </div>
      {findings.length === 0 && <p>{t('noFinding')}</p>}
      {editor && findings.some((each) => each.code === NO_SUBJECT) && (
        <Suspense>
          <SubjectField
            value={editor.map.subject}
            onChange={(subject) => editor.change((known) => ({ ...known, subject }))}
          />
        </Suspense>
      )}
      <ul className={w.list}>
        {findings.map((each, index) => (
          <li key={index}>
            <Badge tone={each.severity === 'error' ? 'red' : 'amber'}>{each.severity === 'error' ? '!' : '~'}</Badge>
            <button type="button" onClick={() => onSelect(each.element)}>
              {each.say}
            </button>
          </li>
        ))}
      </ul>
    </aside>
  );
}
const TONES = { added: 'green', removed: 'red', changed: 'violet', moved: 'neutral' } as const;

export function Gaps({ id, other, onSelect }: { id: string; other: string | null; onSelect: (id: string) => void }) {
  const { t } = useTranslation('maps');
  const gap = useGap(id, other);
  return (
    <aside className={w.inspector} aria-label={t('gapTitle')}>
      <div className={w.inspectorHead}>
        <h2>{t('gapTitle')}</h2>
      </div>
      {other === null ? (
        <p>{t('noPair')}</p>
      ) : (
        <Await query={gap}>
          {(changes) => (
            <ul className={w.list}>
              {changes.length === 0 && <li>{t('noGap')}</li>}
              {changes.map((each, index) => (
                <li key={index}>
                  <Badge tone={TONES[each.kind as keyof typeof TONES] ?? 'neutral'}>
                    {each.kind === 'added' ? '+' : each.kind === 'removed' ? '−' : '~'}
                  </Badge>
                  <button type="button" onClick={() => onSelect(each.element)}>
                    {each.say}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Await>
      )}
    </aside>
  );
}
