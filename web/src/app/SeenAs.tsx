/** Says through whose eyes one looks, why they see what they see, and the way back. */
import { Button } from '@mantine/core';
import { http } from '@/client/http';
import { useSay, useSchemaQuery } from '@/client/schema';
import { useSession } from '@/client/session';
import { toastProblem } from '@/client/toast';
import { useTranslation } from '@/i18n';
import s from './Shell.module.css';

export default function SeenAs() {
  const { t } = useTranslation('app');
  const say = useSay();
  const { user, roles } = useSession();
  const known = useSchemaQuery().data?.roles ?? [];
  const named = known.filter((each) => roles.includes(each.uid)).map((each) => say(each.label));
  const back = async () => {
    try {
      await http.post('/api/session/myself');
      location.assign('/personnes');
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <div className={s.seen} role="status">
      <span>
        <b>{t('seen.as', { name: user.name })}</b> {named.length > 0 && t('seen.why', { roles: named.join(', ') })}
      </span>
      <Button variant="default" size="compact-sm" onClick={() => void back()}>
        {t('seen.back')}
      </Button>
    </div>
  );
}
