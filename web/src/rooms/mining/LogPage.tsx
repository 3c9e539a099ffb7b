import { Loading } from '@/design/states';

export const LogPage = () => <Loading />;
