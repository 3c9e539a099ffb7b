/** What is called here otherwise than on the maps, and the objects and pipelines that may be. */
import { useQuery } from '@tanstack/react-query';
import { answer, api, type Shape } from '@/client/api';
import { Await } from '@/design/states';
import { Held } from '@/why/local/Held';
import { Swatches } from '@/why/local/Swatches';
import s from './PlanPage.module.css';
import { useTranslation } from './texts';

export default function Local() {
  const { t } = useTranslation('blueprint');
  const parts = useQuery({ queryKey: ['local'], queryFn: () => answer(api.GET('/api/local')) });
  return (
    <section aria-label={t('local.title')}>
      <h2>{t('local.title')}</h2>
      <p className={s.quiet}>{t('local.lead')}</p>
      <Colours />
      <h3>{t('local.labels')}</h3>
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
/** The stages and the choices, each with the colour that it has here; closed until one asks. */
function Colours() {
  const { t } = useTranslation('blueprint');
  const shades = useQuery({ queryKey: ['colours'], queryFn: () => answer(api.GET('/api/colours')) });
  return (
    <>
      <h3>{t('local.colours')}</h3>
      <Await query={shades}>
        {(known) =>
          known.map((each) => (
            <details key={each.parts[0]?.path ?? each.label} className={s.shades}>
              <summary>
                {each.within ? t('local.of', { name: each.label, within: each.within }) : each.label}{' '}
                <small>{t('local.painted', { count: each.parts.filter(({ colour }) => colour).length })}</small>
              </summary>
              {each.parts.map(({ path, label, colour }) => (
                <Swatches key={path} theme={themeOf(each.theme)} path={path} colour={colour} what={label} />
              ))}
            </details>
          ))
        }
      </Await>
    </>
  );
}
const themeOf = (theme: string) => (theme === 'stages' ? 'stages' : 'choices');

function Part({ part }: { part: Shape<'PartOut'> }) {
  const { t } = useTranslation('blueprint');
  return (
    <li>
      <span>{part.within ? t('local.of', { name: part.name, within: part.within }) : part.name}</span>
      <small>{t(part.theme === 'choices' ? 'local.choices' : `theme.${part.theme}`)}</small>
      <div className={s.said}>
        <Held theme={part.theme} path={part.path} held={part.held} what={part.name} />
      </div>
    </li>
  );
}
