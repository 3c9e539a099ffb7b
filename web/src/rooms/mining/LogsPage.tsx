import { Loading } from '@/design/states';

export const LogsPage = () => <Loading />;
