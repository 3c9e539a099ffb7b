/** Who may sign in: their roles, teams and access; invitations; what each may do, and why. */
import { ActionIcon, Button, Menu, MultiSelect, Select } from '@mantine/core';
import { IconDots, IconEye, IconKey, IconPlus, IconShield, IconUserOff, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { http } from '@/client/http';
import { useSay, useSchemaQuery } from '@/client/schema';
import { toastProblem } from '@/client/toast';
import { PageHead } from '@/design/PageHead';
import { Await } from '@/design/states';
import { Badge, Monogram } from '@/design/ui';
import { ago } from '@/lib/format';
import { InviteDialog } from './InviteDialog';
import { LinkDialog } from './LinkDialog';
import s from './People.module.css';
import { linkOf, lookThrough, type Member, type Roster, useManaging, useRoster } from './queries';
import { RightsDrawer } from './RightsDrawer';
import { useTranslation } from './texts';

export function PeoplePage() {
  const { t } = useTranslation('people');
  const roster = useRoster();
  const [inviting, setInviting] = useState(false);
  const [link, setLink] = useState<{ name: string; link: string } | null>(null);
  return (
    <>
      <PageHead crumbs={[t('title')]}>
        {roster.data && (
          <Button leftSection={<IconPlus size={15} />} onClick={() => setInviting(true)}>
            {t('invite.go')}
          </Button>
        )}
      </PageHead>
      <Await query={roster}>{(known) => <Table roster={known} onLink={setLink} />}</Await>
      {inviting && roster.data && (
        <InviteDialog
          teams={roster.data.teams}
          onClose={() => setInviting(false)}
          onInvited={(name, made) => {
            setInviting(false);
            setLink({ name, link: linkOf(made) });
          }}
        />
      )}
      {link && <LinkDialog {...link} onClose={() => setLink(null)} />}
    </>
  );
}
type OnLink = (link: { name: string; link: string }) => void;
function Table({ roster, onLink }: { roster: Roster; onLink: OnLink }) {
  const { t } = useTranslation('people');
  const [shown, setShown] = useState<Member | null>(null);
  const heads = ['name', 'roles', 'team', 'territory', 'seen'] as const;
  return (
    <div className={s.scroll} tabIndex={0} role="region" aria-label={t('title')}>
      <table className={s.table}>
        <thead>
          <tr>
            {heads.map((each) => (
              <th key={each} scope="col">
                {t(`head.${each}`)}
              </th>
            ))}
            <th>
              <span className="sr">{t('head.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {roster.people.map((each) => (
            <Line key={each.id} member={each} roster={roster} onLink={onLink} onRights={() => setShown(each)} />
          ))}
        </tbody>
      </table>
      {shown && <RightsDrawer member={shown} onClose={() => setShown(null)} />}
    </div>
  );
}
interface LineProps {
  member: Member;
  roster: Roster;
  onLink: OnLink;
  onRights: () => void;
}
function Line({ member, roster, onLink, onRights }: LineProps) {
  const { t } = useTranslation('people');
  const say = useSay();
  const schema = useSchemaQuery().data;
  const manage = useManaging();
  const path = `/api/people/${member.id}`;
  const roles = (schema?.roles ?? []).map((role) => ({ value: role.uid, label: say(role.label) }));
  const territory = schema?.objects.flatMap((each) => each.fields).find((field) => field.name === 'territory');
  const state = !member.is_active ? 'closed' : member.may_sign_in ? null : 'invited';
  const place = (teams: string[]) => {
    const known = member.teams.map(String);
    const joined = teams.find((each) => !known.includes(each));
    const left = known.find((each) => !teams.includes(each));
    const name = roster.teams.find((team) => String(team.id) === joined)?.name;
    if (name) void manage(() => http.post(`${path}/teams`, { team: name }));
    if (left) void manage(() => http.delete(`${path}/teams/${left}`));
  };
  return (
    <tr data-closed={!member.is_active || undefined}>
      <td>
        <span className={s.who}>
          <Monogram name={member.name} hue={member.hue} size={26} round />
          <span>
            <b>{member.name}</b> {member.is_admin && <Badge tone="accent">{t('admin')}</Badge>}{' '}
            {state && <Badge tone={state === 'closed' ? 'neutral' : 'amber'}>{t(`state.${state}`)}</Badge>}
            <small>{member.email}</small>
          </span>
        </span>
      </td>
      <td>
        <MultiSelect
          size="xs"
          aria-label={t('of.roles', { name: member.name })}
          data={roles}
          value={member.roles}
          disabled={!member.is_active}
          onChange={(next) => void manage(() => http.patch(path, { roles: next }))}
        />
      </td>
      <td>
        <MultiSelect
          size="xs"
          aria-label={t('of.team', { name: member.name })}
          data={roster.teams.map((team) => ({ value: String(team.id), label: team.name }))}
          value={member.teams.map(String)}
          disabled={!member.is_active}
          onChange={place}
        />
      </td>
      <td>
        <Select
          size="xs"
          clearable
          aria-label={t('of.territory', { name: member.name })}
          data={(territory?.choices ?? []).map((each) => ({ value: each.id, label: say(each.label) }))}
          value={member.territory || null}
          disabled={!member.is_active}
          onChange={(next) => void manage(() => http.patch(path, { territory: next ?? '' }))}
        />
      </td>
      <td className={s.faint}>{member.last_login ? ago(member.last_login) : t('never')}</td>
      <td>
        <Actions member={member} onLink={onLink} onRights={onRights} />
      </td>
    </tr>
  );
}
function Actions({ member, onLink, onRights }: Omit<LineProps, 'roster'>) {
  const { t } = useTranslation('people');
  const manage = useManaging();
  const path = `/api/people/${member.id}`;
  const reset = async () => {
    const done = await manage(() => http.post<{ link: string }>(`${path}/reset`));
    if (done) onLink({ name: member.name, link: linkOf(done.link) });
  };
  const change = (values: Partial<Member>) => void manage(() => http.patch(path, values));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('of.actions', { name: member.name })}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {member.is_active && (
          <>
            <Menu.Item leftSection={<IconShield size={15} />} onClick={onRights}>
              {t('rights.open')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconEye size={15} />}
              onClick={() => void lookThrough(member.id).catch(toastProblem)}
            >
              {t('seeAs', { name: member.name })}
            </Menu.Item>
            <Menu.Item leftSection={<IconKey size={15} />} onClick={() => void reset()}>
              {t('reset')}
            </Menu.Item>
            <Menu.Item leftSection={<IconShield size={15} />} onClick={() => change({ is_admin: !member.is_admin })}>
              {t(member.is_admin ? 'unmakeAdmin' : 'makeAdmin')}
            </Menu.Item>
            <Menu.Divider />
          </>
        )}
        <Menu.Item
          color={member.is_active ? 'red' : undefined}
          leftSection={member.is_active ? <IconUserOff size={15} /> : <IconUserPlus size={15} />}
          onClick={() => change({ is_active: !member.is_active })}
        >
          {t(member.is_active ? 'deactivate' : 'reactivate')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
