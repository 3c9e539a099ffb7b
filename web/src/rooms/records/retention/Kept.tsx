/** Those who are kept although their time is over: until when, why, by whom, and how to take that back. */
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { toast, toastProblem } from '@/client/toast';
import { useTranslation } from '@/i18n';
import { day } from '@/lib/format';
import s from '../Records.module.css';
import { type Dues, type KeptPerson, release, useAgain } from './dues';

export function Kept({ dues }: { dues: Dues }) {
  const { t } = useTranslation('retention');
  const again = useAgain();
  const freed = useMutation({
    mutationFn: (one: KeptPerson) => release(dues.object, [one.id]),
    onError: toastProblem,
    onSuccess: async (_, one) => {
      await again();
      toast(t('released', { title: one.title }));
    },
  });
  return (
    <section className={s.bin}>
      <h2>{`${dues.label} – ${t('keptTitle', { count: dues.kept.length })}`}</h2>
      <ul>
        {dues.kept.map((one) => (
          <li key={one.id}>
            <span>
              <Link to="/fiches/$object/$id" params={{ object: dues.object, id: String(one.id) }}>
                {one.title || `#${one.id}`}
              </Link>{' '}
              {t(one.by ? 'keptFor' : 'keptForNobody', { day: day(one.until), by: one.by, motive: one.motive })}
            </span>
            <Button
              size="compact-sm"
              variant="default"
              loading={freed.isPending && freed.variables.id === one.id}
              aria-label={t('releaseOne', { title: one.title })}
              onClick={() => freed.mutate(one)}
            >
              {t('release')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
