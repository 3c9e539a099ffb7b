/** Inviting somebody: who, what they do, in which team. */
import { Autocomplete, Button, Group, Modal, MultiSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { http } from '@/client/http';
import { asProblem } from '@/client/problem';
import { useSay, useSchemaQuery } from '@/client/schema';
import { Refused } from '@/design/Refused';
import s from './People.module.css';
import type { Team } from './queries';
import { useTranslation } from './texts';

interface Props {
  teams: Team[];
  onClose: () => void;
  onInvited: (name: string, link: string) => void;
}
export function InviteDialog({ teams, onClose, onInvited }: Props) {
  const { t } = useTranslation('people');
  const say = useSay();
  const queries = useQueryClient();
  const known = useSchemaQuery().data?.roles ?? [];
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [roles, setRoles] = useState<string[]>([]);
  const [team, setTeam] = useState('');
  const invite = useMutation({
    mutationFn: () => http.post<{ link: string }>('/api/people', { name, email, roles, team }),
    onSuccess: async ({ link }) => {
      await queries.invalidateQueries({ queryKey: ['roster'] });
      onInvited(name, link);
    },
  });
  const problem = invite.error ? asProblem(invite.error) : null;
  const errors = Object.fromEntries((problem?.problems ?? []).map((each) => [each.where, each.detail]));
  return (
    <Modal opened onClose={onClose} title={t('invite.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        className={s.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          invite.mutate();
        }}
      >
        {!problem?.problems.length && <Refused error={problem} />}
        <TextInput
          data-autofocus
          required
          label={t('invite.name')}
          value={name}
          error={errors.name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          required
          type="email"
          label={t('invite.email')}
          value={email}
          error={errors.email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <MultiSelect
          label={t('head.roles')}
          data={known.map((role) => ({ value: role.uid, label: say(role.label) }))}
          value={roles}
          onChange={setRoles}
        />
        <Autocomplete
          label={t('head.team')}
          description={t('invite.teamHint')}
          data={teams.map((each) => each.name)}
          value={team}
          onChange={setTeam}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={invite.isPending} disabled={!name.trim() || !email.trim()}>
            {t('invite.make')}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
