/** A score and what proves it: words, a link, a file. The same for us and for a vendor about itself. */
import { Button, FileButton, SegmentedControl, Textarea, TextInput } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { asProblem } from '@/client/problem';
import s from './Grid.module.css';
import { PROOFS, type Score, SCORES } from './grids';
import { useTranslation } from './texts';

interface Props {
  known: { score: number | null; proof: string; link: string; file: string };
  onFile: (file: File) => Promise<unknown>;
  onSave: (score: Score) => Promise<unknown>;
}
export function Answer({ known, onFile, onSave }: Props) {
  const { t } = useTranslation('brief');
  const [score, setScore] = useState(known.score === null ? '' : String(known.score));
  const [proof, setProof] = useState(known.proof);
  const [link, setLink] = useState(known.link);
  const [state, setState] = useState<'still' | 'busy' | 'saved' | string[]>('still');
  const run = async (act: () => Promise<unknown>) => {
    setState('busy');
    try {
      await act();
      setState('saved');
    } catch (error) {
      setState(asProblem(error).sentences);
    }
  };
  const save = (event: FormEvent) => {
    event.preventDefault();
    void run(() => onSave({ score: score === '' ? null : Number(score), proof, link }));
  };
  return (
    <form className={s.answer} onSubmit={save}>
      <SegmentedControl
        aria-label={t('grid.score')}
        fullWidth
        value={score}
        onChange={setScore}
        data={[
          { value: '', label: t('grid.unknown') },
          ...SCORES.map((each) => ({ value: String(each), label: t(`grid.points.${each}`) })),
        ]}
      />
      <Textarea
        label={t('grid.proof')}
        description={t('grid.proofLead')}
        autosize
        minRows={2}
        maxLength={2000}
        value={proof}
        onChange={(event) => setProof(event.currentTarget.value)}
      />
      <TextInput
        label={t('grid.link')}
        type="url"
        placeholder="https://"
        maxLength={500}
        value={link}
        onChange={(event) => setLink(event.currentTarget.value)}
      />
      <div className={s.row}>
        <FileButton accept={PROOFS} onChange={(file) => file && void run(() => onFile(file))}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconPaperclip size={15} />}>
              {known.file || t('grid.attach')}
            </Button>
          )}
        </FileButton>
        <Button type="submit" loading={state === 'busy'}>
          {t('grid.save')}
        </Button>
      </div>
      <p role="status" className={s.status} data-bad={Array.isArray(state) || undefined}>
        {Array.isArray(state) ? state.join(' ') : state === 'saved' ? t('grid.saved') : ''}
      </p>
    </form>
  );
}
