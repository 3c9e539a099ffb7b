/** Records that may already be the one being typed: what they share, and the way to them. */
import { Alert } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { http } from '@/client/http';
import type { Values } from '@/client/records';
import s from './Dialogs.module.css';
import { useTranslation } from './texts';

type Shared = 'siren' | 'siret' | 'email' | 'phone' | 'domain' | 'name' | 'postcode';
export interface Found {
  id: number;
  title: string;
  sure: boolean;
  sister: boolean;
  shared: Shared[];
}
const PAUSE = 300;

export function useAlike(object: string, values: Values): Found[] {
  const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => typeof value === 'string' && value));
  const [asked] = useDebouncedValue(JSON.stringify(filled), PAUSE);
  const { data } = useQuery({
    queryKey: ['records', object, 'alike', asked],
    queryFn: ({ signal }) =>
      http.get<{ found: Found[] }>(`/api/records/${object}/duplicates`, { values: asked }, signal),
    enabled: asked !== '{}' && asked.length < 4000,
    placeholderData: (before) => before,
  });
  return asked === '{}' ? [] : (data?.found ?? []);
}

export function Alike({ object, found }: { object: string; found: Found[] }) {
  const { t } = useTranslation('records');
  if (!found.length) return null;
  return (
    <Alert color="yellow" variant="light" role="status" title={t('alike.seen')}>
      <ul className={s.unmet}>
        {found.map((each) => (
          <li key={each.id}>
            <span>
              {t(each.sister ? 'alike.sister' : each.sure ? 'alike.sure' : 'alike.maybe')}
              <br />
              {t('alike.same', { what: each.shared.map((one) => t(`alike.${one}`)).join(', ') })}
            </span>
            <Link to="/fiches/$object/$id" params={{ object, id: String(each.id) }}>
              {t('alike.open', { title: each.title })}
            </Link>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
