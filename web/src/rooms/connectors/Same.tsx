/** Ways of writing that nobody knows: what each may stand for, with evidence, confirmed by a person once. */
import { Button, Select, Table } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { http } from '@/client/http';
import type { ObjectShape } from '@/client/schema';
import { Badge } from '@/design/ui';
import { integer } from '@/lib/format';
import s from './Imports.module.css';
import { useTargetLabel } from './labels';
import { type Import, type Unknown, useAct, useOptions } from './queries';
import { useTranslation } from './texts';

type Meaning = number | string | null;
const SURE = 88;
const NOTHING = 'nothing';
const PAUSE = 250;
const keyOf = (value: number | string) => `${typeof value}:${value}`;

interface Props {
  one: Import;
  object: ObjectShape;
  onPass: () => void;
}
export function Same({ one, object, onPass }: Props) {
  const { t } = useTranslation('connectors');
  return (
    <div className={s.part}>
      <h2>{t('same.title')}</h2>
      <p>{t('same.lead')}</p>
      {one.report?.unknown.map((unknown) => (
        <Target key={unknown.target} one={one} object={object} unknown={unknown} />
      ))}
      <Button variant="default" onClick={onPass} w="fit-content">
        {t('same.pass')}
      </Button>
    </div>
  );
}
/** What is surely meant is chosen beforehand; a person still confirms it. */
const likely = (unknown: Unknown): Record<string, Meaning> =>
  Object.fromEntries(
    unknown.values.flatMap(({ said, proposals }) => {
      const [best] = proposals;
      return best && best.score >= SURE && best.why !== 'several' ? [[said, best.value]] : [];
    }),
  );
interface TargetProps {
  one: Import;
  object: ObjectShape;
  unknown: Unknown;
  /** What is not told apart is made: nothing is left empty, and nothing is chosen beforehand. */
  made?: boolean;
}
export function Target({ one, object, unknown, made = false }: TargetProps) {
  const { t } = useTranslation('connectors');
  const label = useTargetLabel(object);
  const [meant, setMeant] = useState<Record<string, Meaning>>(() => (made ? {} : likely(unknown)));
  const confirm = useAct(async (values: Record<string, Meaning>) => {
    await http.post(`/api/imports/${one.id}/same`, { target: unknown.target, values });
    await http.post(`/api/imports/${one.id}/look`);
  });
  const count = Object.keys(meant).length;
  const rest = Object.fromEntries(unknown.values.map(({ said }) => [said, meant[said] ?? null]));
  return (
    <section aria-label={label(unknown.target)}>
      <h3>
        {label(unknown.target)} <span>{t('same.distinct', { count: unknown.distinct })}</span>
      </h3>
      <Table.ScrollContainer minWidth={420}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('same.said')}</Table.Th>
              <Table.Th>{t('same.lines')}</Table.Th>
              <Table.Th>{t('same.means')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {unknown.values.map((value) => (
              <Table.Tr key={value.said}>
                <Table.Td>{t('same.quoted', { said: value.said })}</Table.Td>
                <Table.Td className="num">{integer(value.count)}</Table.Td>
                <Table.Td>
                  <Meaning
                    id={one.id}
                    target={unknown.target}
                    value={value}
                    meant={meant[value.said]}
                    none={t(made ? 'same.made' : 'same.choose')}
                    onChange={(next) =>
                      setMeant(({ [value.said]: _gone, ...others }) =>
                        next === undefined ? others : { ...others, [value.said]: next },
                      )
                    }
                  />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <div className={s.row}>
        <Button
          variant={made ? 'default' : 'filled'}
          disabled={!count}
          loading={confirm.isPending}
          onClick={() => confirm.mutate(meant)}
        >
          {t('same.confirm', { count })}
        </Button>
        {!made && (
          <Button variant="default" disabled={confirm.isPending} onClick={() => confirm.mutate(rest)}>
            {t('same.emptyRest')}
          </Button>
        )}
      </div>
    </section>
  );
}
interface MeaningProps {
  id: string;
  target: string;
  value: Unknown['values'][number];
  meant: Meaning | undefined;
  none: string;
  onChange: (next: Meaning | undefined) => void;
}
function Meaning({ id, target, value, meant, none, onChange }: MeaningProps) {
  const { t } = useTranslation('connectors');
  const [opened, setOpened] = useState(false);
  const [words, setWords] = useState('');
  const [asked] = useDebouncedValue(words, PAUSE);
  const options = useOptions(id, target, asked, opened).data ?? [];
  const known = new Map([...value.proposals, ...options].map((each) => [keyOf(each.value), each]));
  const chosen = meant === undefined ? null : meant === null ? NOTHING : keyOf(meant);
  const evidence = value.proposals.find((each) => each.value === meant);
  return (
    <div className={s.row}>
      <Select
        size="xs"
        w={230}
        searchable
        clearable
        placeholder={none}
        aria-label={t('same.meansOf', { said: value.said })}
        data={[
          ...[...known].map(([key, each]) => ({ value: key, label: each.label })),
          { value: NOTHING, label: t('same.nothing') },
        ]}
        filter={({ options: all }) => all}
        value={chosen}
        onDropdownOpen={() => setOpened(true)}
        onSearchChange={setWords}
        onChange={(key) => onChange(key === null ? undefined : key === NOTHING ? null : known.get(key)?.value)}
      />
      {evidence && <Badge tone="green">{t(`same.why.${evidence.why}`, { score: evidence.score })}</Badge>}
    </div>
  );
}
