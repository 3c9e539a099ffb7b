/** What is called here otherwise than on the maps, and the objects and pipelines that may be. */
import { useQuery } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { Await } from '@/design/states';
import { Held } from '@/why/local/Held';
import s from './PlanPage.module.css';
import { useTranslation } from './texts';

export default function Local() {
  const { t } = useTranslation('blueprint');
  const parts = useQuery({ queryKey: ['local'], queryFn: () => answer(api.GET('/api/local')) });
  return (
    <section aria-label={t('local.title')}>
      <h2>{t('local.title')}</h2>
      <p className={s.quiet}>{t('local.lead')}</p>
      <Await query={parts}>
        {(known) => (
          <ul className={s.list}>
            {known.map((each) => (
              <Part key={`${each.theme}/${each.path}`} part={each} />
            ))}
          </ul>
        )}
      </Await>
    </section>
  );
}
function Part({ part }: { part: Shape<'PartOut'> }) {
  const { t } = useTranslation('blueprint');
  return (
    <li>
      <span>{part.within ? t('local.of', { name: part.name, within: part.within }) : part.name}</span>
      <small>{t(`theme.${part.theme}`)}</small>
      <div className={s.said}>
        <Held theme={part.theme} path={part.path} held={part.held} what={part.name} />
      </div>
    </li>
  );
}
