/** Who receives records: by which rules, the seats of each role, a record like this one, last month played again. */
import { NumberInput, Select, TagsInput } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { PageHead } from '@/design/PageHead';
import { Await, Empty } from '@/design/states';
import { Badge, Monogram } from '@/design/ui';
import { decimal, integer, shortDay } from '@/lib/format';
import { Giving } from './Giving';
import s from './Rules.module.css';
import { type RoleSeats, type Seat, type Seats, useReplay, useSeat, useSeats } from './seats';
import { Tester } from './Tester';
import { useTranslation } from './texts';

export function AssignmentPage() {
  const { t } = useTranslation('automation');
  const seats = useSeats();
  return (
    <>
      <PageHead
        crumbs={[
          <Link key="rules" to="/regles">
            {t('title')}
          </Link>,
          t('assignment.title'),
        ]}
      />
      <div className={s.scroll}>
        <p className={s.lead}>{t('assignment.lead')}</p>
        <Await query={seats}>
          {(known) =>
            known.rules.length === 0 ? (
              <Empty icon={<IconUsersGroup size={30} stroke={1.3} />} title={t('assignment.none')}>
                {t('assignment.noneLead')}
              </Empty>
            ) : (
              <>
                <Giving seats={known} />
                {known.roles.map((role) => (
                  <Role key={role.uid} role={role} mayEdit={known.may_edit} />
                ))}
                <Tester seats={known} />
                <Replay seats={known} />
              </>
            )
          }
        </Await>
      </div>
    </>
  );
}
function Role({ role, mayEdit }: { role: RoleSeats; mayEdit: boolean }) {
  const { t } = useTranslation('automation');
  return (
    <section aria-label={role.label}>
      <h2 className={s.heading}>{role.label}</h2>
      {role.seats.length === 0 && <p className={s.quiet}>{t('assignment.nobody')}</p>}
      <ul className={s.rows}>
        {role.seats.map((seat) => (
          <SeatLine key={seat.person.id} role={role.uid} seat={seat} mayEdit={mayEdit} />
        ))}
      </ul>
    </section>
  );
}
function SeatLine({ role, seat, mayEdit }: { role: string; seat: Seat; mayEdit: boolean }) {
  const { t } = useTranslation('automation');
  const keep = useSeat(role, seat.person.id);
  const { name, hue } = seat.person;
  const set = (change: Partial<Pick<Seat, 'weight' | 'capacity' | 'skills'>>) =>
    keep.mutate({ weight: seat.weight, capacity: seat.capacity ?? null, skills: seat.skills, ...change });
  return (
    <li className={s.seat}>
      <span className={s.who}>
        <Monogram name={name} hue={hue} round /> {name}
        {seat.away_until && <Badge tone="amber">{t('assignment.away', { when: shortDay(seat.away_until) })}</Badge>}
      </span>
      <NumberInput
        size="xs"
        label={t('assignment.weight')}
        aria-label={`${t('assignment.weight')} – ${name}`}
        disabled={!mayEdit}
        min={0.1}
        max={100}
        step={0.5}
        defaultValue={seat.weight}
        onBlur={(event) => {
          const weight = Number(event.currentTarget.value.replace(',', '.'));
          if (weight > 0 && weight !== seat.weight) set({ weight });
        }}
      />
      <NumberInput
        size="xs"
        label={t('assignment.capacity')}
        aria-label={`${t('assignment.capacity')} – ${name}`}
        placeholder={t('assignment.unbounded')}
        disabled={!mayEdit}
        min={1}
        allowDecimal={false}
        defaultValue={seat.capacity ?? ''}
        onBlur={(event) => {
          const capacity = Number(event.currentTarget.value) || null;
          if (capacity !== (seat.capacity ?? null)) set({ capacity });
        }}
      />
      <TagsInput
        size="xs"
        label={t('assignment.skills')}
        aria-label={`${t('assignment.skills')} – ${name}`}
        disabled={!mayEdit}
        defaultValue={seat.skills}
        onChange={(skills) => set({ skills })}
      />
      <small>{t('assignment.had', { n: decimal(seat.assigned) })}</small>
    </li>
  );
}
function Replay({ seats }: { seats: Seats }) {
  const { t } = useTranslation('automation');
  const [uid, setUid] = useState<string | null>(null);
  const replay = useReplay(uid);
  if (!seats.may_edit) return null;
  return (
    <section aria-label={t('assignment.replay')}>
      <h2 className={s.heading}>{t('assignment.replay')}</h2>
      <Select
        size="xs"
        label={t('assignment.rule')}
        placeholder={t('assignment.chooseRule')}
        data={seats.rules.map((each) => ({ value: each.uid, label: each.say }))}
        value={uid}
        onChange={setUid}
      />
      {uid && (
        <Await query={replay} rows={3}>
          {(known) => (
            <div role="status">
              <p className={s.lead}>
                {t('assignment.replayed', { total: integer(known.total), different: integer(known.different) })}{' '}
                {known.passed > 0 && t('assignment.wouldPass', { count: known.passed, n: integer(known.passed) })}
              </p>
              <ul className={s.rows}>
                {known.rows.map((each) => (
                  <li key={`${each.row_id}${each.at}`}>
                    <Link to="/fiches/$object/$id" params={{ object: each.object, id: String(each.row_id) }}>
                      {each.title}
                    </Link>{' '}
                    {t('assignment.instead', { was: each.was ?? '–', now: each.now ?? '–' })}
                  </li>
                ))}
              </ul>
            </div>
          )}
        </Await>
      )}
    </section>
  );
}
