/** The stack of filters above the flow: what is chosen, said in words, and how to add to it. */
import { Button, Pill, Popover } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { day, duration, integer } from '@/lib/format';
import { FilterForm } from './FilterForm';
import type { Filter } from './filters';
import m from './Mining.module.css';
import { type Choices, useChoices } from './queries';
import { useTranslation } from './texts';

interface Props {
  log: string;
  stack: Filter[];
  /** How many cases pass, of how many. */
  kept: { cases: number; all: number } | null;
  onStack: (stack: Filter[]) => void;
  /** While a slider moves: the stack as it would be, null once it is given up. */
  onMoving: (stack: Filter[] | null) => void;
  /** What can be done with what is chosen. */
  children?: ReactNode;
}
export function Filters({ log, stack, kept, onStack, onMoving, children }: Props) {
  const { t } = useTranslation('mining');
  const [opened, setOpened] = useState(false);
  const choices = useChoices(log).data;
  const say = useSaid(choices);
  const close = () => {
    setOpened(false);
    onMoving(null);
  };
  return (
    <section className={m.filters} aria-label={t('filters')}>
      <Popover opened={opened} onDismiss={close} position="bottom-start" width="min(340px, 94vw)" trapFocus returnFocus>
        <Popover.Target>
          <Button
            size="xs"
            variant="default"
            leftSection={<IconFilterPlus size={15} />}
            aria-expanded={opened}
            onClick={() => (opened ? close() : setOpened(true))}
          >
            {t('filter')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('filter')}>
          {choices && (
            <FilterForm
              choices={choices}
              onMoving={(one) => onMoving([...stack, one])}
              onAdd={(one) => {
                close();
                onStack([...stack, one]);
              }}
            />
          )}
        </Popover.Dropdown>
      </Popover>
      {stack.map((one, place) => (
        <Pill
          key={JSON.stringify(one)}
          withRemoveButton
          onRemove={() => onStack(stack.filter((_, index) => index !== place))}
          removeButtonProps={{
            'aria-label': t('removeFilter', { filter: say(one) }),
            'aria-hidden': false,
            tabIndex: 0,
          }}
        >
          {say(one)}
        </Pill>
      ))}
      {stack.length > 0 && (
        <Button size="compact-xs" variant="subtle" onClick={() => onStack([])}>
          {t('removeAll')}
        </Button>
      )}
      {kept && kept.cases !== kept.all && (
        <small role="status">
          {t('keptCases', { count: kept.cases, n: integer(kept.cases), all: integer(kept.all) })}
        </small>
      )}
      <span className={m.push} />
      {children}
    </section>
  );
}
/** A filter as a person says it. */
function useSaid(choices: Choices | undefined): (one: Filter) => string {
  const { t } = useTranslation('mining');
  const step = (id: string) => choices?.steps.find((each) => each.id === id)?.label ?? id;
  const bounds = (low: string | null, high: string | null) =>
    low && high ? t('between', { low, high }) : low ? t('least', { low }) : t('most', { high: high ?? '' });
  const said = (one: Filter): string => {
    switch (one.kind) {
      case 'through':
        return t(`said.${one.where ?? 'anywhere'}`, { step: step(one.step) });
      case 'path':
        return t(one.later ? 'said.later' : 'said.path', { source: step(one.source), target: step(one.target) });
      case 'attribute': {
        const name = one.name.replace(/^case:/, '');
        const range = () =>
          bounds(one.low == null ? null : integer(one.low), one.high == null ? null : integer(one.high));
        return t('said.attribute', { name, values: one.values?.length ? one.values.join(', ') : range() });
      }
      case 'period':
        return t(`said.${one.which ?? 'begun'}`, {
          period: bounds(one.since ? day(one.since) : null, one.until ? day(one.until) : null),
        });
      case 'lasting':
        return t('said.lasting', {
          length: bounds(one.least == null ? null : duration(one.least), one.most == null ? null : duration(one.most)),
        });
      case 'contacts': {
        const size = (value: number) => (one.measure === 'count' ? integer(value) : duration(value));
        const within = [...new Set([one.least, one.most].filter((each) => each != null).map(size))].join(' – ');
        return one.channels?.length
          ? t(`said.contacts.${one.where ?? 'anywhere'}`, { channels: one.channels.map(step).join(' → ') })
          : t(`said.contacts.${one.measure ?? 'count'}`, { within });
      }
      case 'outcome':
        return t(`said.outcome.${one.which}`);
      case 'variants':
        return t('said.variants', { ranks: one.ranks.map((rank) => rank + 1).join(', ') });
    }
  };
  return (one) => (one.without ? t('said.without', { filter: said(one) }) : said(one));
}
