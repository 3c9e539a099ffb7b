/** The glossary: what each word means, for which team; conflicts first, settled by keeping one meaning. */
import { Button, Modal, TextInput } from '@mantine/core';
import { IconBook2, IconPlus, IconSearch } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { toast, toastUndo } from '@/client/toast';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Badge, Monogram } from '@/design/ui';
import w from '@/design/work.module.css';
import { ago } from '@/lib/format';
import { fold, type Term, useTerms, useWording, wording } from '@/words/queries';
import s from './Glossary.module.css';
import { useTranslation } from './texts';

const TermForm = lazy(() => import('./TermForm'));
export function GlossaryPage() {
  const { t } = useTranslation('pages');
  const terms = useTerms();
  const { mots = '' } = useSearch({ strict: false }) as { mots?: string };
  const navigate = useNavigate();
  const [edited, edit] = useState<Term | 'new' | null>(null);
  const define = (
    <Button leftSection={<IconPlus size={15} />} onClick={() => edit('new')}>
      {t('words.define')}
    </Button>
  );
  const fits = (one: Term) => fold(`${one.word} ${one.team} ${one.definition}`).includes(fold(mots));
  return (
    <>
      <PageHead crumbs={[t('words.title')]}>{define}</PageHead>
      <div className={w.tools}>
        <TextInput
          size="xs"
          aria-label={t('words.search')}
          placeholder={t('words.search')}
          leftSection={<IconSearch size={14} />}
          value={mots}
          onChange={(event) =>
            void navigate({ to: '.', search: { mots: event.currentTarget.value || undefined } as never, replace: true })
          }
        />
      </div>
      <div className={w.scroll}>
        <Await query={terms}>
          {(known) => {
            if (known.length === 0)
              return (
                <Empty icon={<IconBook2 size={30} stroke={1.3} />} title={t('words.empty')}>
                  {t('words.emptyLead')}
                </Empty>
              );
            const shown = byWord(known.filter(fits), known);
            return shown.length === 0 ? (
              <Empty title={t('words.none', { words: mots })}>{t('words.noneLead')}</Empty>
            ) : (
              <dl className={s.words}>
                {shown.map((group) => (
                  <Word key={group[0]!.id} group={group} onEdit={edit} />
                ))}
              </dl>
            );
          }}
        </Await>
      </div>
      <Modal
        opened={edited !== null}
        onClose={() => edit(null)}
        size="lg"
        closeButtonProps={{ 'aria-label': t('words.close') }}
        title={t(edited === 'new' ? 'words.define' : 'words.change')}
      >
        {edited && (
          <Suspense>
            <TermForm term={edited === 'new' ? null : edited} onDone={() => edit(null)} />
          </Suspense>
        )}
      </Modal>
    </>
  );
}
/** The meanings of each word together, the words in conflict first; a rival of what fits is shown with it. */
function byWord(fitting: Term[], all: Term[]): Term[][] {
  const keys = [...new Set(fitting.map((each) => fold(each.word)))];
  const groups = keys.map((key) => all.filter((each) => fold(each.word) === key));
  const clash = (group: Term[]) => Number(group.some((each) => each.rivals.length > 0));
  return groups.sort((one, two) => clash(two) - clash(one));
}
function Word({ group, onEdit }: { group: Term[]; onEdit: (one: Term) => void }) {
  const { t } = useTranslation('pages');
  const clash = group.some((each) => each.rivals.length > 0);
  return (
    <div className={s.word} data-clash={clash || undefined}>
      <dt>
        {group[0]!.word}
        {clash && <Badge tone="amber">{t('words.conflict', { count: group.length })}</Badge>}
      </dt>
      {group.map((each) => (
        <dd key={each.id}>
          <Definition term={each} onEdit={() => onEdit(each)} />
        </dd>
      ))}
    </div>
  );
}
function Definition({ term, onEdit }: { term: Term; onEdit: () => void }) {
  const { t, i18n } = useTranslation('pages');
  const keep = useWording(
    () => wording.keep(term),
    () => toast(t('words.kept', { word: term.word })),
  );
  const restore = useWording(() => wording.restore(term));
  const remove = useWording(
    () => wording.remove(term),
    () => toastUndo(t('words.removed', { word: term.word }), t('words.undo'), () => restore.mutate(undefined)),
  );
  return (
    <>
      <p>
        {term.team && <b>{term.team}</b>} {term.definition}
      </p>
      {term.says && <p className={s.says}>{t('words.says', { condition: term.says })}</p>}
      {term.uses.length > 0 && (
        <p className={s.says}>{t('words.uses', { uses: new Intl.ListFormat(i18n.language).format(term.uses) })}</p>
      )}
      <p className={s.foot}>
        {term.owner && (
          <>
            <Monogram name={term.owner.name} hue={term.owner.hue} round /> {term.owner.name} ·{' '}
          </>
        )}
        {ago(term.updated_at)}
        {term.rivals.length > 0 && term.may_settle && (
          <Button size="compact-xs" variant="default" loading={keep.isPending} onClick={() => keep.mutate(undefined)}>
            {t('words.keep')}
          </Button>
        )}
        {term.may_change && (
          <>
            <Button size="compact-xs" variant="subtle" onClick={onEdit}>
              {t('words.edit')}
            </Button>
            <Button size="compact-xs" variant="subtle" color="red" onClick={() => remove.mutate(undefined)}>
              {t('words.remove')}
            </Button>
          </>
        )}
      </p>
    </>
  );
}
