import { Loading } from '@/design/states';

export const ListPage = () => <Loading />;
