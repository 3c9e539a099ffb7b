/** What a step says, to be read: the same parts, in the same order, as its form. */
import type { Criterion, MapDoc, Step } from '@/client/maps';
import { Badge } from '@/design/ui';
import w from '@/design/work.module.css';
import type { Testable } from '@/fields/conditions/model';
import { sayCondition } from '@/fields/conditions/say';
import { useTranslation as useConditionTexts } from '@/fields/conditions/texts';
import { integer } from '@/lib/format';
import { Completeness } from './Completeness';
import { storiesOf } from './model';
import { approvalsOf, WaitingHere } from './rules/Approvals';
import { useLately } from './queries';
import { SubMaps } from './SubMaps';
import { useTranslation } from './texts';
import { useRoles } from './useRoles';

interface Props {
  step: Step;
  map: MapDoc;
  mapId: string;
  tests: Testable[];
}
export function StepSaid({ step, map, mapId, tests }: Props) {
  const { t, i18n } = useTranslation('maps');
  const { t: conditions } = useConditionTexts('conditions');
  const { nameOf } = useRoles(map);
  const lately = useLately(mapId).data;
  const lane = map.lanes.find((each) => each.id === step.lane);
  const delays = step.delays ?? {};
  const criterion = (each: Criterion) =>
    each.condition ? `${each.label} (${sayCondition(each.condition, tests, conditions, i18n.language)})` : each.label;
  const counted = (item: { id: string; label: string }) => {
    const n = lately?.watched[`${step.id}.${item.id}`];
    const said = n === undefined ? t('views.noData') : t('views.times', { n: integer(n), days: lately!.days });
    return `${item.label} · ${said}`;
  };
  const parts: [string, string[]][] = [
    [t('person.title'), standing(step, t)],
    [t('actors'), [lane?.label ?? '', ...(step.actors ?? []).filter((each) => each !== lane?.role).map(nameOf)]],
    [t('duty.decides'), (step.decides ?? []).map(nameOf)],
    [t('duty.informed'), (step.informed ?? []).map(nameOf)],
    [
      t('information'),
      (step.information ?? []).map((each) => `${each.label} (${t(`info.${each.use ?? 'produced'}`)})`),
    ],
    [t('documents'), labels(step.documents)],
    [t('systems'), labels(step.systems)],
    [
      t('delays'),
      (['target', 'usual', 'maximum'] as const).flatMap((each) => {
        const delay = delays[each];
        return delay ? `${t(`delay.${each}`)} : ${integer(delay.amount)} ${t(`unit.${delay.unit}`)}` : [];
      }),
    ],
    [t('frictions'), labels(step.frictions)],
    [t('entry'), (step.entry ?? []).map(criterion)],
    [t('exit'), (step.exit ?? []).map(criterion)],
    [t('approval.title'), labels(approvalsOf(step))],
    [t('contents'), labels(step.contents)],
    [t('scenarios.title'), storiesOf(map, step.id)],
    [t('views.row.touchpoints'), (step.touchpoints ?? []).map(counted)],
    [t('views.row.signals'), (step.signals ?? []).map(counted)],
    [t('risks'), labels(step.risks)],
    [t('compliance'), labels(step.compliance)],
  ];
  return (
    <div className={w.panel}>
      <Completeness step={step} map={map} />
      {step.description && <p>{step.description}</p>}
      {step.emotion && <Badge>{step.emotion.words || t(`views.emotions.${step.emotion.value}`)}</Badge>}
      {parts
        .filter(([, lines]) => lines.some(Boolean))
        .map(([title, lines]) => (
          <section key={title} aria-label={title}>
            <h3 className={w.title}>{title}</h3>
            <ul className={w.list}>
              {lines.filter(Boolean).map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </section>
        ))}
      <WaitingHere step={step} />
      <SubMaps step={step} map={map} mapId={mapId} />
    </div>
  );
}
const labels = (items: { label: string }[] | undefined) => (items ?? []).map((each) => each.label);
/** What a person plays, weighs and wants, in words. */
function standing({ person }: Step, t: (key: string) => string): string[] {
  const scale = (name: 'power' | 'support') => {
    const value = person?.[name];
    return value == null ? [] : [`${t(`person.${name}`)} : ${t(`person.${name}Of.${value}`)}`];
  };
  return [...(person?.roles ?? []).map((each) => t(`person.role.${each}`)), ...scale('power'), ...scale('support')];
}
