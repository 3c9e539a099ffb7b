/** The sign-in screen. */
import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { asProblem } from '@/client/problem';
import { signIn } from '@/client/session';
import { Refused } from '@/design/Refused';
import { Rose } from '@/design/ui';
import { useTranslation } from '@/i18n';
import s from './SignIn.module.css';

const REFUSED = new Set([400, 401, 403, 409]);

export function SignIn() {
  const { t } = useTranslation('app');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFailure(null);
    try {
      await signIn(String(form.get('email')), String(form.get('password')));
      await queries.resetQueries({ queryKey: ['session'] });
      const next = new URLSearchParams(location.search).get('suite');
      await navigate({ to: next?.startsWith('/') && !next.startsWith('//') ? next : '/' });
    } catch (error) {
      const problem = asProblem(error);
      setFailure(REFUSED.has(problem.status) ? t('signIn.wrong') : problem.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className={s.page}>
      <form className={s.card} onSubmit={(event) => void submit(event)}>
        <div className={s.brand}>
          <Rose size={34} />
          <div>
            <h1>Portulan</h1>
            <p>{t('signIn.lead')}</p>
          </div>
        </div>
        <Refused>{failure}</Refused>
        <TextInput
          label={t('signIn.email')}
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus
          size="sm"
        />
        <PasswordInput
          label={t('signIn.password')}
          name="password"
          autoComplete="current-password"
          required
          size="sm"
        />
        <Button type="submit" size="sm" loading={busy}>
          {t('signIn.go')}
        </Button>
      </form>
    </main>
  );
}
