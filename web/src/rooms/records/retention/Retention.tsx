/** Who has been kept long enough: proposed to those who may forget them, decided one by one or together. */
import { Button, Checkbox, Table } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Await, Empty } from '@/design/states';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import { useTranslation } from '@/i18n';
import { day } from '@/lib/format';
import s from '../Records.module.css';
import { ForgetDialog, KeepDialog } from './Decide';
import { type DuePerson, type Dues, MOST, useDues, usePages } from './dues';
import { Kept } from './Kept';
import '../privacy/texts';
import './texts';

export default function Retention() {
  const { t } = useTranslation('retention');
  return (
    <section aria-label={t('title')}>
      <Await query={useDues()}>
        {(known) => {
          // Nobody may be forgotten by who asks: there is nothing to say.
          if (!known.length) return null;
          const filled = known.filter(({ count, kept }) => count + kept.length > 0);
          return (
            <>
              <h2 className={w.lead}>{t('title')}</h2>
              {filled.length ? <p className={w.lead}>{t('lead')}</p> : <Empty title={t('none')}>{t('noneLead')}</Empty>}
              {filled.map((one) => (
                <OfObject key={one.object} dues={one} />
              ))}
            </>
          );
        }}
      </Await>
    </section>
  );
}
type Deciding = { what: 'keep' | 'forget'; people: DuePerson[] };
function OfObject({ dues }: { dues: Dues }) {
  const { t } = useTranslation('retention');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const { people, next, more, busy } = usePages(dues);
  const picked = people.filter(({ id }) => chosen.has(id));
  const close = () => setDeciding(null);
  const done = () => {
    setChosen(new Set());
    close();
  };
  const Dialog = deciding?.what === 'keep' ? KeepDialog : ForgetDialog;
  return (
    <>
      {picked.length > 0 && (
        <div className={w.tools} role="toolbar" aria-label={dues.label}>
          {(['keep', 'forget'] as const).map((what) => (
            <Button
              key={what}
              size="xs"
              variant="default"
              disabled={picked.length > MOST}
              onClick={() => setDeciding({ what, people: picked })}
            >
              {t(`${what}Many`, { count: picked.length })}
            </Button>
          ))}
          {picked.length > MOST && <span role="status">{t('most', { most: MOST })}</span>}
        </div>
      )}
      {people.length > 0 && (
        <Listed dues={{ ...dues, people }} chosen={chosen} onChoose={setChosen} onDecide={setDeciding} />
      )}
      {next && (
        <Button size="xs" variant="default" loading={busy} onClick={() => more()}>
          {t('more')}
        </Button>
      )}
      {dues.kept.length > 0 && <Kept dues={dues} />}
      {deciding && <Dialog object={dues.object} people={deciding.people} onClose={close} onDone={done} />}
    </>
  );
}
interface ListedProps {
  dues: Dues;
  chosen: ReadonlySet<number>;
  onChoose: (chosen: ReadonlySet<number>) => void;
  onDecide: (deciding: Deciding) => void;
}
function Listed({ dues, chosen, onChoose, onDecide }: ListedProps) {
  const { t } = useTranslation('retention');
  const { people, count } = dues;
  const all = people.every(({ id }) => chosen.has(id));
  const toggle = (id: number) =>
    onChoose(new Set(chosen.has(id) ? [...chosen].filter((each) => each !== id) : [...chosen, id]));
  return (
    <Table.ScrollContainer minWidth={640} className={s.sound}>
      <Table aria-label={dues.label} captionSide="top">
        <Table.Caption>
          <b>{dues.label}</b> – {t('count', { count })}
          {count > people.length && `, ${t('first', { shown: people.length })}`}
        </Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <Checkbox
                size="xs"
                aria-label={t('selectAll')}
                checked={all}
                indeterminate={chosen.size > 0 && !all}
                onChange={() => onChoose(new Set(all ? [] : people.map(({ id }) => id)))}
              />
            </Table.Th>
            {['who', 'heard', 'basis', 'act'].map((key) => (
              <Table.Th key={key}>{t(`head.${key}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                <Checkbox
                  size="xs"
                  aria-label={t('select', { title: one.title })}
                  checked={chosen.has(one.id)}
                  onChange={() => toggle(one.id)}
                />
              </Table.Td>
              <Table.Td>
                <Link to="/fiches/$object/$id" params={{ object: dues.object, id: String(one.id) }}>
                  {one.title || `#${one.id}`}
                </Link>
              </Table.Td>
              <Table.Td>{one.heard_at ? day(one.heard_at) : t('never', { day: day(one.collected_at) })}</Table.Td>
              <Table.Td>
                <Bases person={one} />
              </Table.Td>
              <Table.Td>
                {(['keep', 'forget'] as const).map((what) => (
                  <Button
                    key={what}
                    variant="subtle"
                    size="compact-sm"
                    {...(what === 'forget' ? { color: 'red' } : {})}
                    aria-label={t(`${what}One`, { title: one.title })}
                    onClick={() => onDecide({ what, people: [one] })}
                  >
                    {t(what)}
                  </Button>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
/** What is known of why their data are held: the last word on each purpose. */
function Bases({ person }: { person: DuePerson }) {
  const { t } = useTranslation('retention');
  const { t: said } = useTranslation('privacy');
  if (!person.consents.length) return <Badge>{t('nothing')}</Badge>;
  return person.consents.map(({ purpose, basis, given, said_at }) => (
    <Badge key={purpose} tone={given ? 'green' : 'red'} title={day(said_at)}>
      {`${said(`purpose.${purpose}`)} · ${said(`basis.${basis}`)} · ${said(given ? 'yes' : 'no')}`}
    </Badge>
  ));
}
