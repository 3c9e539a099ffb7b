/** Behind a one-time link: choosing one's password, then in. */
import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { http } from '@/client/http';
import { signIn } from '@/client/session';
import { Refused } from '@/design/Refused';
import { Rose } from '@/design/ui';
import s from './People.module.css';
import { useTranslation } from './texts';

export function WelcomePage() {
  const { t } = useTranslation('people');
  const link = new URLSearchParams(location.search).get('lien') ?? '';
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    setBusy(true);
    setFailure(null);
    try {
      const { email } = await http.post<{ email: string }>('/api/welcome', { link, password });
      await signIn(email, password);
      location.assign('/');
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <main className={s.welcome}>
      <form className={s.form} onSubmit={(event) => void submit(event)}>
        <Rose size={34} />
        <h1>{t('welcome.title')}</h1>
        <Refused error={failure} />
        <PasswordInput
          autoFocus
          required
          name="password"
          autoComplete="new-password"
          label={t('welcome.password')}
          description={t('welcome.hint')}
        />
        <Button type="submit" loading={busy}>
          {t('welcome.go')}
        </Button>
      </form>
    </main>
  );
}
