/** The frame of every signed-in screen: sidebar, phone tabs, ⌘K, account. */
import { useDisclosure } from '@mantine/hooks';
import { Link, Navigate, Outlet, useRouter } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useLive } from '@/client/live';
import { asProblem } from '@/client/problem';
import { useSchemaQuery } from '@/client/schema';
import { type Session, SessionContext, useSessionQuery } from '@/client/session';
import { EndContext, MenuContext } from '@/design/PageHead';
import { Failed, Loading } from '@/design/states';
import { speak, useTranslation } from '@/i18n';
import { Nav } from './Nav';
import { sections, tabs } from './places';
import s from './Shell.module.css';

const Bell = lazy(() => import('./Bell'));
const Palette = lazy(() => import('./Palette'));
const SeenAs = lazy(() => import('./SeenAs'));
const Sandbox = lazy(() => import('./Sandbox'));
const Side = lazy(() => import('./Side'));

export function Shell() {
  const session = useSessionQuery();
  if (session.data) return <Inside session={session.data} />;
  if (session.isPending) return <Loading />;
  if (asProblem(session.error).status === 401) return <ToSignIn />;
  return <Failed error={session.error} onRetry={() => void session.refetch()} />;
}

/** Leads to the sign-in page; the address to come back to is read once, for it changes while that page is fetched. */
function ToSignIn() {
  const router = useRouter();
  const [search] = useState(() => ({ suite: router.state.location.href }));
  return <Navigate to="/connexion" search={search} replace />;
}

const bell = (
  <Suspense>
    <Bell />
  </Suspense>
);
function Inside({ session }: { session: Session }) {
  const { t, i18n } = useTranslation('app');
  const [open, { toggle, close }] = useDisclosure(false);
  useEffect(() => speak(session.user.lang), [session.user.lang]);
  const schema = useSchemaQuery();
  useLive(session.live);
  const all = sections(t, i18n.language, session, schema.data);
  return (
    <SessionContext value={session}>
      <div className={s.shell}>
        <a className={s.skip} href="#main">
          {t('skip')}
        </a>
        <aside className={s.side}>
          <Nav sections={all} />
        </aside>
        {open && (
          <Suspense>
            <Side sections={all} onClose={close} />
          </Suspense>
        )}
        <main id="main" className={s.main} tabIndex={-1}>
          <MenuContext value={toggle}>
            <EndContext value={bell}>
              {session.seen_by && (
                <Suspense>
                  <SeenAs />
                </Suspense>
              )}
              {session.sandbox && (
                <Suspense>
                  <Sandbox />
                </Suspense>
              )}
              <Outlet />
            </EndContext>
          </MenuContext>
        </main>
        <nav className={s.tabs} aria-label={t('nav.phone')}>
          {tabs(all).map((place) => (
            <Link key={place.to} to={place.to} activeProps={{ 'data-active': true }}>
              {place.icon}
              <span>{place.label}</span>
            </Link>
          ))}
        </nav>
        <Suspense>
          <Palette sections={all} />
        </Suspense>
      </div>
    </SessionContext>
  );
}
