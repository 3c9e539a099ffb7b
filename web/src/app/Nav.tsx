/** The sidebar: the company, the search, the places, the account. */
import { IconSearch } from '@tabler/icons-react';
import { Link, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useSession } from '@/client/session';
import { Kbd, Rose } from '@/design/ui';
import { useTranslation } from '@/i18n';
import type { Section } from './places';
import s from './Shell.module.css';

const Account = lazy(() => import('./Account'));

const openPalette = () => import('@mantine/spotlight').then(({ spotlight }) => spotlight.open());

export function Nav({ sections, onNavigate }: { sections: Section[]; onNavigate?: () => void }) {
  const { t } = useTranslation('app');
  const { company } = useSession();
  const groups = useRef<HTMLDivElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    groups.current?.querySelector('[data-active]')?.scrollIntoView?.({ block: 'nearest' });
  }, [pathname, sections]);
  return (
    <nav className={s.nav} aria-label={t('nav.main')}>
      <div className={s.workspace}>
        <Rose size={22} />
        <span>{company || 'Portulan'}</span>
      </div>
      <button
        className={s.search}
        type="button"
        onClick={() => {
          onNavigate?.();
          void openPalette();
        }}
      >
        <IconSearch size={14} stroke={1.8} />
        <span>{t('nav.search')}</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <div ref={groups} className={s.groups}>
        {sections.map((section) => (
          <div key={section.label} className={s.group}>
            <div className={s.groupLabel}>{section.label}</div>
            {section.places.map((place) => (
              <Link
                key={place.to}
                to={place.to}
                className={s.item}
                activeProps={{ 'data-active': true }}
                onClick={onNavigate}
              >
                {place.icon}
                <span>{place.label}</span>
              </Link>
            ))}
          </div>
        ))}
      </div>
      <Suspense fallback={<span className={s.foot} />}>
        <Account />
      </Suspense>
    </nav>
  );
}
