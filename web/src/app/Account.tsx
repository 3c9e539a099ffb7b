/** Who is signed in: theme, language, absence, digest by mail, signing out. */
import { Menu, useMantineColorScheme } from '@mantine/core';
import { IconBeach, IconDots, IconLanguage, IconLogout, IconMail, IconMoon, IconSun } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { http } from '@/client/http';
import { useSession, useSignOut } from '@/client/session';
import { toastProblem } from '@/client/toast';
import { Monogram } from '@/design/ui';
import { speak, useTranslation } from '@/i18n';
import s from './Shell.module.css';

const Absence = lazy(() => import('./Absence'));
const Digest = lazy(() => import('./digest/Digest'));

export default function Account() {
  const { t, i18n } = useTranslation('app');
  const { user } = useSession();
  const queries = useQueryClient();
  const signOut = useSignOut();
  const [away, setAway] = useState(false);
  const [digest, setDigest] = useState(() => new URLSearchParams(location.search).has('recapitulatif'));
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const dark = colorScheme === 'dark' || (colorScheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  const other = i18n.language === 'fr' ? 'en' : 'fr';
  const changeLanguage = async () => {
    speak(other);
    await http.patch('/api/session', { lang: other }).catch(toastProblem);
    await queries.invalidateQueries();
  };
  return (
    <>
      <Menu position="top-start" width={216}>
        <Menu.Target>
          <button type="button" className={s.foot} aria-label={`${t('me.menu')} – ${user.name}`}>
            <Monogram name={user.name} hue={user.hue} size={22} round />
            <span className={s.me}>{user.name}</span>
            <IconDots size={16} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{user.email}</Menu.Label>
          <Menu.Item
            leftSection={dark ? <IconSun size={15} /> : <IconMoon size={15} />}
            onClick={() => setColorScheme(dark ? 'light' : 'dark')}
          >
            {t('me.theme')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLanguage size={15} />} onClick={() => void changeLanguage()} lang={other}>
            {other === 'fr' ? t('me.french') : t('me.english')}
          </Menu.Item>
          <Menu.Item leftSection={<IconBeach size={15} />} onClick={() => setAway(true)}>
            {t('me.away')}
          </Menu.Item>
          <Menu.Item leftSection={<IconMail size={15} />} onClick={() => setDigest(true)}>
            {t('me.digest')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout size={15} />} onClick={() => void signOut()}>
            {t('me.signOut')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {away && (
        <Suspense>
          <Absence onClose={() => setAway(false)} />
        </Suspense>
      )}
      {digest && (
        <Suspense>
          <Digest onClose={() => setDigest(false)} />
        </Suspense>
      )}
    </>
  );
}
