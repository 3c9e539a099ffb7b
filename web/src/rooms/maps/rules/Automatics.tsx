/** What happens by itself at a step or on a passage: words, or a rule that the product follows. */
import { Button } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import type { MapDoc } from '@/client/maps';
import type { Testable } from '@/fields/conditions/model';
import { Items } from '../Items';
import { useTranslation } from '../texts';
import type { Automatic } from './model';
import { Sentence } from './Sentence';

const RuleDialog = lazy(() => import('./RuleDialog'));
interface Props {
  title: string;
  notes: Automatic[] | undefined;
  map: MapDoc;
  tests: Testable[];
  onChange: (notes: Automatic[]) => void;
}
export function Automatics({ title, notes = [], map, tests, onChange }: Props) {
  const { t } = useTranslation('maps');
  const [open, setOpen] = useState<string | null>(null);
  const taken = [
    ...map.steps.flatMap((each) => (each.automations as Automatic[] | undefined) ?? []),
    ...map.passages.flatMap((each) => each.after ?? []),
  ];
  const note = notes.find((each) => each.id === open);
  return (
    <>
      <Items<Automatic> title={title} items={notes} taken={taken.map((each) => each.id)} onChange={onChange}>
        {(item) => (
          <>
            {item.rule && <Sentence id={item.id} map={map} />}
            <Button
              size="compact-xs"
              variant="subtle"
              leftSection={<IconBolt size={13} />}
              aria-label={`${t(item.rule ? 'rule.edit' : 'rule.make')} – ${item.label}`}
              onClick={() => setOpen(item.id)}
            >
              {t(item.rule ? 'rule.edit' : 'rule.make')}
            </Button>
          </>
        )}
      </Items>
      {note && (
        <Suspense>
          <RuleDialog
            note={note}
            map={map}
            tests={tests}
            onClose={() => setOpen(null)}
            onKeep={(rule) => {
              onChange(notes.map((each) => (each.id === note.id ? { ...each, rule } : each)));
              setOpen(null);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
