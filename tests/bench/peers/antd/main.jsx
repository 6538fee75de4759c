// The page with React and Ant Design, as their documentation would have it built.
import { useRef, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import Alert from 'antd/es/alert';
import Button from 'antd/es/button';
import Card from 'antd/es/card';
import Checkbox from 'antd/es/checkbox';
import ConfigProvider from 'antd/es/config-provider';
import Dropdown from 'antd/es/dropdown';
import Flex from 'antd/es/flex';
import Form from 'antd/es/form';
import Input from 'antd/es/input';
import Modal from 'antd/es/modal';
import Segmented from 'antd/es/segmented';
import Select from 'antd/es/select';
import Space from 'antd/es/space';
import Switch from 'antd/es/switch';
import Table from 'antd/es/table';
import Tag from 'antd/es/tag';
import Typography from 'antd/es/typography';
import { part } from '../common/part.js';
import { compact, dayOf, isoDay, kindOf, previewOf } from '../common/rules.js';
import { createStore, shownFindings } from '../common/store.js';
import { texts } from '../common/texts.js';

const store = createStore();
const { Text, Title } = Typography;
const theme = { token: { colorPrimary: '#0b5cb5', fontFamily: 'Inter, sans-serif' } };
const tones = { active: 'success', expired: 'error', revoked: 'error', suspended: 'warning', pending: 'warning', notYetValid: 'warning', unknown: 'default' };
const Status = ({ status }) => <Tag color={tones[status]}>{texts.statuses[status]}</Tag>;

function RowMenu({ row }) {
  const items = [{ key: 'setDefault', label: texts.setDefault, disabled: row.isDefault }, { key: 'askRemove', label: texts.remove, danger: true }];
  return (
    <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => store[key](row) }}>
      <Button type="text" aria-label={texts.actionsFor(row.name)}>⋯</Button>
    </Dropdown>
  );
}

const [nameColumn, identityColumn, serialColumn, typeColumn, validityColumn, statusColumn, actionsColumn] = texts.columns;
const columns = [
  { title: nameColumn, rowScope: 'row', render: (_, row) => <><Text strong>{row.name}</Text> {row.isDefault && <Tag>{texts.isDefault}</Tag>}<br /><Text type="secondary">{row.userName}</Text></> },
  { title: identityColumn, render: (_, row) => <Text code>{row.identity}</Text> },
  { title: serialColumn, render: (_, row) => <><Text code>{row.serial}</Text><Button type="text" size="small" aria-label={texts.copy(row.serial)} onClick={() => store.copy(row.serial)}>⧉</Button></> },
  { title: typeColumn, render: (_, row) => texts.types[row.type] },
  { title: validityColumn, render: (_, row) => `${dayOf(row.validFrom)} – ${dayOf(row.validTo)}` },
  { title: statusColumn, render: (_, row) => <Status status={row.status} /> },
  { title: actionsColumn, render: (_, row) => <RowMenu row={row} /> },
];

const optionOf = (user) => ({ value: user.id, label: user.name, user });
const optionsOf = (words) => [{ value: '', label: texts.all }, ...Object.entries(words).map(([value, label]) => ({ value, label }))];

const Filters = part(({ filters, users }) => {
  const day = (name, label) => (
    <Form.Item help={filters[name] && !isoDay(filters[name]) ? texts.badDay : undefined} validateStatus={filters[name] && !isoDay(filters[name]) ? 'error' : ''} style={{ margin: 0, width: 130 }}>
      <Input placeholder={label} aria-label={label} value={filters[name]} onChange={(event) => store.filter(name, event.target.value)} />
    </Form.Item>
  );
  return (
    <Flex gap={12} style={{ margin: '16px 0' }}>
      <Input type="search" style={{ flex: 1 }} placeholder={texts.search} aria-label={texts.search} value={filters.search} onChange={(event) => store.filter('search', event.target.value)} />
      <Select showSearch={{ filterOption: false, onSearch: store.searchFilterUsers }} allowClear style={{ width: 180 }} placeholder={`${texts.user}: ${texts.all}`} aria-label={texts.user}
        options={users.items.map(optionOf)} value={filters.user && optionOf(filters.user)} loading={users.loading} onChange={(_, option) => store.filter('user', option?.user ?? null)} />
      <Select style={{ width: 130 }} aria-label={texts.type} options={optionsOf(texts.types)} value={filters.type} onChange={(value) => store.filter('type', value)} />
      {day('from', texts.from)}
      {day('until', texts.until)}
      <Select style={{ width: 130 }} aria-label={texts.status} options={optionsOf(texts.statuses)} value={filters.status} onChange={(value) => store.filter('status', value)} />
      <Button type="text" onClick={store.resetFilters}>{texts.reset}</Button>
    </Flex>
  );
});

const List = part(({ list }) => {
  const first = (list.page - 1) * 10 + 1;
  return (
    <>
      {list.failed && <Alert type="error" title={list.failed} action={<Button onClick={() => store.goTo()}>{texts.tryAgain}</Button>} />}
      <Table size="small" rowKey="id" columns={columns} dataSource={list.items} pagination={false} locale={{ emptyText: list.loading ? ' ' : texts.noMatch }} />
      <Flex justify="end" align="center" gap={8} style={{ padding: 8 }}>
        <Text>{list.total > 0 && texts.range(first, first + list.items.length - 1, list.total)}</Text>
        <Button aria-label={texts.previous} disabled={list.page === 1} onClick={() => store.goTo(list.page - 1)}>‹</Button>
        <Button aria-label={texts.next} disabled={first + 9 >= list.total} onClick={() => store.goTo(list.page + 1)}>›</Button>
      </Flex>
    </>
  );
});

const Labelled = ({ label, finding, help, required, children }) => (
  <Form.Item label={label} required={required} validateStatus={finding?.severity ?? ''} help={finding?.text ?? help ?? ' '} style={{ flex: 1, marginBottom: 4 }}>{children}</Form.Item>
);

const lookUpButton = <Button type="link" size="small" onClick={store.lookUp}>{texts.lookUp}</Button>;
const Field = part(({ name, label, placeholder, required, help, value, finding, suffix, secret, focusOn }) => {
  const Box = secret ? Input.Password : Input;
  return (
    <Labelled label={label} required={required} finding={finding} help={help}>
      <Box ref={focusOn} name={name} aria-label={label} placeholder={placeholder} suffix={suffix} value={value} autoComplete="off" onChange={(event) => store.put(name, event.target.value)}
        onBlur={() => store.leave(name)} />
    </Labelled>
  );
});

const Found = part(({ lookup, picks, user }) => {
  if (lookup.state === 'asking') return <Text>{texts.lookingUp}</Text>;
  if (!lookup.answer) return null;
  const { certificates } = lookup.answer;
  if (certificates.length === 0) return <Alert type="info" title={texts.foundNone} description={texts.foundNoneAdvice} />;
  const free = certificates.filter((one) => !one.onList);
  return (
    <Card size="small" role="group" aria-label={texts.found(certificates.length)} style={{ marginBottom: 16 }} extra={texts.selected(picks.size)}
      title={<Checkbox checked={picks.size > 0 && picks.size === free.length} indeterminate={picks.size > 0 && picks.size < free.length}
        onChange={(event) => store.tickAll(event.target.checked)}>{texts.found(certificates.length)}</Checkbox>}>
      <div style={{ maxHeight: 260, overflow: 'auto' }}>
        {certificates.map((one) => (
          <Flex key={one.serial} align="center" style={{ borderTop: '1px solid #eee', padding: '4px 0' }}>
            <Checkbox checked={picks.has(one.serial)} disabled={one.onList} onChange={(event) => store.tick(one.serial, event.target.checked)} style={{ flex: 1 }}>
              <b>{one.commonName}</b> · {one.serviceName}<br />
              <Text code>{one.serial}</Text> · {texts.validUntil(dayOf(one.validTo))}<br />
              {one.onList && <Text type="secondary">{texts.onList}</Text>}
              {user && one.commonName !== user.name && <Text type="warning">⚠ {texts.differs(user.name)}</Text>}
            </Checkbox>
            <Status status={one.status} />
          </Flex>
        ))}
      </div>
    </Card>
  );
});

const UserField = part(({ user: chosen, users, search, finding, focusOn }) => (
    <Labelled label={texts.user} required finding={finding}>
      <Select ref={focusOn} showSearch={{ searchValue: chosen ? undefined : search, filterOption: false, onSearch: (text) => text && store.searchUsers(text) }} allowClear autoFocus
        open={users.open && search !== ''} placeholder={texts.userPlaceholder} aria-label={texts.user} options={users.items.map(optionOf)} value={chosen && optionOf(chosen)}
        loading={users.loading} notFoundContent={texts.usersNone(search)} onChange={(_, option) => store.chooseUser(option?.user ?? null)} onBlur={() => store.leave('user')}
        optionRender={({ data: { user } }) => (
          <Flex justify="space-between"><span>{user.name}<br /><Text type="secondary">{user.code} · {user.phone}</Text></span><Text type="secondary">{texts.certificates(user.certificateCount)}</Text></Flex>
        )} />
    </Labelled>
));

const Content = part(({ content, source, finding }) => {
  const field = useRef(null);
  const insert = ({ key }) => {
    const { selectionStart, selectionEnd } = field.current.resizableTextArea.textArea;
    store.put('content', content.slice(0, selectionStart) + key + content.slice(selectionEnd));
  };
  return (
    <Labelled label={<Flex gap={16}>{texts.content}
      <Dropdown trigger={['click']} menu={{ items: texts.placeholders.map((key) => ({ key, label: key })), onClick: insert }}><Button type="link" size="small">{'{ } '}{texts.insert}</Button></Dropdown>
    </Flex>} finding={finding} help={texts[source]}>
      <Input.TextArea ref={field} name="content" aria-label={texts.content} rows={4} placeholder={texts.contentPlaceholder} value={content}
        onChange={(event) => store.put('content', event.target.value)} onBlur={() => store.leave('content')} />
    </Labelled>
  );
});

const ImageCard = part(({ image, source, finding }) => {
  const file = useRef(null);
  return (
    <>
      <div style={{ marginTop: 16 }}><Text strong>{texts.image}</Text> · {texts[source]}</div>
      <Card size="small" onDragOver={(event) => event.preventDefault()} onDrop={(event) => { event.preventDefault(); store.putImage(event.dataTransfer.files[0]); }}>
        {image ? <Flex gap={8} align="center"><img alt="" src={image.url} style={{ width: 72, maxHeight: 56 }} />
          <span><Text strong>{image.name}</Text><br /><Text type="secondary">{image.width} × {image.height} · {Math.round(image.bytes / 1024)} KB</Text></span></Flex>
          : <Text type="secondary">{texts.imageNone}. {texts.imageHint}</Text>}
      </Card>
      <Text type="warning">{finding?.text}</Text>
      <input style={{ display: 'none' }} ref={file} type="file" accept="image/png,image/jpeg" onChange={(event) => store.putImage(event.target.files[0])} />
      <Space style={{ marginTop: 8 }}>
        <Button onClick={() => file.current.click()}>{image ? texts.replace : texts.choose}</Button>
        <Button type="text" disabled={source !== 'edited'} aria-label={texts.resetImage} onClick={store.resetImage}>{texts.reset}</Button>
      </Space>
    </>
  );
});

function Preview({ dialog, finding }) {
  return (
    <div style={{ width: 290, background: '#fafafa', padding: 16 }}>
      <Text strong>{texts.preview}</Text><br /><Text type="secondary">{texts.previewHelp}</Text>
      <Card size="small" style={{ margin: '8px 0' }}>
        {[0, 1, 2, 3, 4].map((line) => <div key={line} style={{ height: 6, background: '#eee', marginBottom: 8 }} />)}
        <Flex gap={8} align="center" style={{ border: '1px solid #c5221f', padding: 8, minHeight: 84 }}>
          {dialog.image && dialog.mode !== 'textOnly' && <img alt="" src={dialog.image.url} style={{ width: 64, maxHeight: 64 }} />}
          {dialog.mode !== 'imageOnly' && <Text type="danger" style={{ fontSize: 11, whiteSpace: 'pre-wrap', overflow: 'hidden' }}>{previewOf(dialog)}</Text>}
        </Flex>
      </Card>
      <Text type="secondary">{texts.previewUser}</Text>
      <ImageCard image={dialog.image} source={dialog.sources.image} finding={finding} />
    </div>
  );
}

const Business = part(({ business, password, secretKey, passwordFinding, keyFinding, passwordField, keyField }) => (
  <Card size="small" style={{ marginBottom: 8 }}>
    <Flex justify="space-between" align="center"><span><b>{texts.business}</b><br /><Text type="secondary">{texts.businessHelp}</Text></span>
      <Switch aria-label={texts.business} checked={business} onChange={(on) => store.put('business', on)} /></Flex>
    {business && <Flex gap={16} style={{ marginTop: 8 }}>
      <Field secret name="password" label={texts.password} required placeholder={texts.passwordPlaceholder} value={password} finding={passwordFinding} focusOn={passwordField} />
      <Field secret name="secretKey" label={texts.secretKey} required placeholder={texts.secretKeyPlaceholder} help={texts.secretKeyHelp} value={secretKey} finding={keyFinding} focusOn={keyField} />
    </Flex>}
  </Card>
));

const modes = Object.entries(texts.modes).map(([value, label]) => ({ value, label }));
const Mode = part(({ mode }) => <Labelled label={texts.mode}><Segmented block options={modes} value={mode} onChange={(chosen) => store.put('mode', chosen)} /></Labelled>);

const Question = ({ open, title, text, no, yes }) => (
  <Modal open={open} title={title} onCancel={store.answerNo} onOk={store.answerYes} cancelText={no} okText={yes} cancelButtonProps={{ autoFocus: true }}>{text}</Modal>
);

function Create({ dialog }) {
  const user = useRef(null), fields = { identity: useRef(null), serial: useRef(null), password: useRef(null), secretKey: useRef(null), user };
  const findings = shownFindings(dialog);
  const count = Object.values(findings).filter(({ severity }) => severity === 'error').length;
  const kind = kindOf(compact(dialog.identity));
  const submit = () => fields[store.submit()]?.current?.focus();
  const prospect = dialog.lookup.answer && dialog.user ? (dialog.picks.size > 0 ? texts.adds(dialog.picks.size, dialog.user.name) : texts.nothingTicked) : texts.required;
  return (
    <Modal open width={920} style={{ top: 24 }} onCancel={store.close} title={<>{texts.title}<br /><Text type="secondary">{texts.subtitle}</Text></>}
      afterOpenChange={(open) => open && user.current?.focus()}
      footer={<Flex align="center" gap={8}>
        <Text type={count ? 'danger' : undefined} style={{ flex: 1, textAlign: 'start' }}>{count ? texts.attention(count) : prospect}</Text>
        <Button onClick={store.close}>{texts.cancel}</Button>
        <Button type="primary" htmlType="submit" form="create" disabled={dialog.sending}>{dialog.sending ? texts.creating : texts.create}</Button>
      </Flex>}>
      <Form id="create" layout="vertical" onFinish={submit}>
        <Flex style={{ maxHeight: 'calc(100vh - 220px)' }}>
          <div style={{ flex: 1, padding: 16, overflow: 'auto' }}>
            {dialog.problem && <Alert type="error" title={dialog.problem} />}
            <UserField user={dialog.user} users={dialog.users} search={dialog.search} finding={findings.user} focusOn={user} />
            <Flex gap={16}>
              <Field name="identity" label={texts.identity} required placeholder={texts.identityPlaceholder} help={kind && '✓ ' + texts.kinds[kind]} value={dialog.identity}
                finding={findings.identity} focusOn={fields.identity} />
              <Field name="serial" label={`${texts.serial} ${texts.optional}`} placeholder={texts.serialPlaceholder} value={dialog.serial} finding={findings.serial} suffix={lookUpButton}
                focusOn={fields.serial} />
            </Flex>
            <Found lookup={dialog.lookup} picks={dialog.picks} user={dialog.user} />
            <Business business={dialog.business} password={dialog.password} secretKey={dialog.secretKey} passwordFinding={findings.password} keyFinding={findings.secretKey}
              passwordField={fields.password} keyField={fields.secretKey} />
            <Content content={dialog.content} source={dialog.sources.content} finding={findings.content} />
            <Mode mode={dialog.mode} />
          </div>
          <Preview dialog={dialog} finding={findings.image} />
        </Flex>
      </Form>
      <Question open={dialog.question === 'discard'} title={texts.discardTitle} text={texts.discardText} no={texts.keepEditing} yes={texts.discard} />
      <Question open={dialog.question === 'others'} title={texts.othersTitle(dialog.others, dialog.user?.name)} text={texts.othersText} no={texts.goBack} yes={texts.withThem(dialog.others)} />
    </Modal>
  );
}

function Page() {
  const { list, filters, filterUsers, dialog, notice, removing } = useSyncExternalStore(store.subscribe, store.get);
  return (
    <ConfigProvider theme={theme}>
      <header style={{ padding: 16, borderBottom: '1px solid #ddd' }}><Text strong>{texts.product}</Text></header>
      <main style={{ padding: 24 }}>
        <Flex>
          <div style={{ flex: 1 }}><Title level={4} style={{ margin: 0 }}>{texts.listTitle}</Title><Text type="secondary">{list.total > 0 && texts.count(list.total, list.users)}</Text></div>
          <Button type="primary" onClick={store.open}>+ {texts.create}</Button>
        </Flex>
        <Filters filters={filters} users={filterUsers} />
        <List list={list} />
      </main>
      {dialog && <Create dialog={dialog} />}
      <Modal open={!!removing} title={removing && texts.removeTitle(removing.name)} onCancel={() => store.askRemove(null)} onOk={store.remove} cancelText={texts.keep} okText={texts.remove}>
        {removing && texts.removeText(removing.userName)}
      </Modal>
      {notice && <div role="status" style={{ position: 'fixed', bottom: 24, left: 24 }}><Alert type="success" showIcon title={notice} /></div>}
    </ConfigProvider>
  );
}

store.start();
createRoot(document.getElementById('root')).render(<Page />);
