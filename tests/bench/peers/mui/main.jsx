// The page with React and MUI, as their documentation would have it built.
import { useRef, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import Alert from '@mui/material/Alert';
import AppBar from '@mui/material/AppBar';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Chip from '@mui/material/Chip';
import CssBaseline from '@mui/material/CssBaseline';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import Snackbar from '@mui/material/Snackbar';
import Stack from '@mui/material/Stack';
import Switch from '@mui/material/Switch';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableContainer from '@mui/material/TableContainer';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Toolbar from '@mui/material/Toolbar';
import Typography from '@mui/material/Typography';
import { createTheme, ThemeProvider } from '@mui/material/styles';
import { part } from '../common/part.js';
import { compact, dayOf, isoDay, kindOf, previewOf } from '../common/rules.js';
import { createStore, shownFindings } from '../common/store.js';
import { texts } from '../common/texts.js';

const store = createStore();
const theme = createTheme({ palette: { primary: { main: '#0b5cb5' } }, typography: { fontFamily: 'Inter, sans-serif', button: { textTransform: 'none' } } });
const mono = { fontFamily: '"DejaVu Sans Mono", monospace', fontSize: 13 };
const tones = { active: 'success', expired: 'error', revoked: 'error', suspended: 'warning', pending: 'warning', notYetValid: 'warning', unknown: 'default' };
const Status = ({ status }) => <Chip size="small" color={tones[status]} label={texts.statuses[status]} />;

function RowMenu({ row }) {
  const [anchor, setAnchor] = useState(null);
  const act = (action) => () => {
    setAnchor(null);
    action(row);
  };
  return (
    <>
      <IconButton aria-label={texts.actionsFor(row.name)} onClick={(event) => setAnchor(event.currentTarget)}>⋯</IconButton>
      <Menu anchorEl={anchor} open={!!anchor} onClose={() => setAnchor(null)}>
        <MenuItem disabled={row.isDefault} onClick={act(store.setDefault)}>{texts.setDefault}</MenuItem>
        <MenuItem onClick={act(store.askRemove)}>{texts.remove}</MenuItem>
      </Menu>
    </>
  );
}

const Row = part(({ row }) => (
  <TableRow hover>
    <TableCell component="th" scope="row">
      <Typography variant="subtitle2" component="span">{row.name}</Typography> {row.isDefault && <Chip size="small" label={texts.isDefault} />}
      <Typography variant="caption" component="div">{row.userName}</Typography>
    </TableCell>
    <TableCell sx={mono}>{row.identity}</TableCell>
    <TableCell sx={mono}>{row.serial} <IconButton size="small" aria-label={texts.copy(row.serial)} onClick={() => store.copy(row.serial)}>⧉</IconButton></TableCell>
    <TableCell>{texts.types[row.type]}</TableCell>
    <TableCell>{dayOf(row.validFrom)} – {dayOf(row.validTo)}</TableCell>
    <TableCell><Status status={row.status} /></TableCell>
    <TableCell><RowMenu row={row} /></TableCell>
  </TableRow>
));

const Filters = part(({ filters, users }) => {
  const badDay = (name) => (filters[name] && !isoDay(filters[name]) ? texts.badDay : '');
  const choice = (name, label, words) => (
    <TextField select size="small" label={label} value={filters[name]} onChange={(event) => store.filter(name, event.target.value)} sx={{ minWidth: 130 }}>
      <MenuItem value="">{texts.all}</MenuItem>
      {Object.entries(words).map(([value, text]) => <MenuItem key={value} value={value}>{text}</MenuItem>)}
    </TextField>
  );
  const day = (name, label) => (
    <TextField size="small" label={label} value={filters[name]} error={!!badDay(name)} helperText={badDay(name)} sx={{ width: 130 }}
      onChange={(event) => store.filter(name, event.target.value)} />
  );
  return (
    <Stack direction="row" spacing={1.5} sx={{ my: 2 }}>
      <TextField size="small" type="search" sx={{ flex: 1 }} placeholder={texts.search} value={filters.search} slotProps={{ htmlInput: { 'aria-label': texts.search } }}
        onChange={(event) => store.filter('search', event.target.value)} />
      <Autocomplete size="small" sx={{ width: 180 }} options={users.items} value={filters.user} loading={users.loading} getOptionLabel={(user) => user.name}
        isOptionEqualToValue={(one, other) => one.id === other.id} filterOptions={(all) => all} onChange={(_, user) => store.filter('user', user)}
        onInputChange={(_, text, reason) => reason === 'input' && store.searchFilterUsers(text)} renderInput={(params) => <TextField {...params} label={texts.user} />} />
      {choice('type', texts.type, texts.types)}
      {day('from', texts.from)}
      {day('until', texts.until)}
      {choice('status', texts.status, texts.statuses)}
      <Button onClick={store.resetFilters}>{texts.reset}</Button>
    </Stack>
  );
});

const List = part(({ list }) => {
  const first = (list.page - 1) * 10 + 1;
  return (
    <Paper variant="outlined">
      {list.failed && <Alert severity="error" action={<Button onClick={() => store.goTo()}>{texts.tryAgain}</Button>}>{list.failed}</Alert>}
      <TableContainer>
        <Table size="small" aria-busy={list.loading}>
          <TableHead><TableRow>{texts.columns.map((name) => <TableCell key={name}>{name}</TableCell>)}</TableRow></TableHead>
          <TableBody>{list.items.map((row) => <Row key={row.id} row={row} />)}</TableBody>
        </Table>
      </TableContainer>
      {!list.loading && list.items.length === 0 && <Typography sx={{ p: 3 }}>{texts.noMatch}</Typography>}
      <Stack direction="row" sx={{ p: 1, alignItems: 'center', justifyContent: 'flex-end' }}>
        <Typography variant="body2">{list.total > 0 && texts.range(first, first + list.items.length - 1, list.total)}</Typography>
        <IconButton aria-label={texts.previous} disabled={list.page === 1} onClick={() => store.goTo(list.page - 1)}>‹</IconButton>
        <IconButton aria-label={texts.next} disabled={first + 9 >= list.total} onClick={() => store.goTo(list.page + 1)}>›</IconButton>
      </Stack>
    </Paper>
  );
});

// A textarea that keeps its height, as ours does; MUI's own would measure itself with each key.
const lines = { input: { inputComponent: 'textarea' }, htmlInput: { rows: 4 } };
const helper = (finding, help) => finding?.text ?? help ?? ' ';

const Secret = part(({ name, label, placeholder, help, value, finding }) => {
  const [shown, setShown] = useState(false);
  return (
    <TextField fullWidth required size="small" name={name} type={shown ? 'text' : 'password'} label={label} placeholder={placeholder} value={value} autoComplete="off"
      error={finding?.severity === 'error'} helperText={helper(finding, help)} onChange={(event) => store.put(name, event.target.value)} onBlur={() => store.leave(name)}
      slotProps={{ input: { endAdornment: <InputAdornment position="end"><Button size="small" onClick={() => setShown(!shown)}>{shown ? texts.hide : texts.show}</Button></InputAdornment> } }} />
  );
});

const lookUpButton = { input: { endAdornment: <InputAdornment position="end"><Button size="small" onClick={store.lookUp}>{texts.lookUp}</Button></InputAdornment> } };
const Field = part(({ name, label, placeholder, required, help, value, finding, slotProps }) => (
  <TextField fullWidth size="small" name={name} label={label} placeholder={placeholder} required={required} value={value} error={finding?.severity === 'error'} autoComplete="off"
    helperText={helper(finding, help)} slotProps={slotProps} onChange={(event) => store.put(name, event.target.value)} onBlur={() => store.leave(name)} />
));

const Found = part(({ lookup, picks, user }) => {
  if (lookup.state === 'asking') return <Typography>{texts.lookingUp}</Typography>;
  if (!lookup.answer) return null;
  const { certificates } = lookup.answer;
  if (certificates.length === 0) return <Alert severity="info">{texts.foundNone} {texts.foundNoneAdvice}</Alert>;
  const free = certificates.filter((one) => !one.onList);
  return (
    <Paper variant="outlined" role="group" aria-label={texts.found(certificates.length)} sx={{ mb: 2 }}>
      <Stack direction="row" sx={{ alignItems: 'center' }}>
        <Checkbox slotProps={{ input: { 'aria-label': texts.allFound } }} checked={picks.size > 0 && picks.size === free.length} indeterminate={picks.size > 0 && picks.size < free.length}
          onChange={(event) => store.tickAll(event.target.checked)} />
        <Typography variant="subtitle2" sx={{ flex: 1 }}>{texts.found(certificates.length)}</Typography>
        <Typography variant="caption" sx={{ p: 1 }}>{texts.selected(picks.size)}</Typography>
      </Stack>
      <Box sx={{ maxHeight: 260, overflow: 'auto' }}>
        {certificates.map((one) => (
          <Stack key={one.serial} direction="row" sx={{ borderTop: 1, borderColor: 'divider', alignItems: 'center' }}>
            <Checkbox slotProps={{ input: { 'aria-label': `${one.commonName} · ${one.serviceName}` } }} checked={picks.has(one.serial)} disabled={one.onList}
              onChange={(event) => store.tick(one.serial, event.target.checked)} />
            <Box sx={{ flex: 1 }}>
              <Typography variant="body2"><b>{one.commonName}</b> · {one.serviceName}</Typography>
              <Typography sx={mono}>{one.serial} · {texts.validUntil(dayOf(one.validTo))}</Typography>
              {one.onList && <Typography variant="caption">{texts.onList}</Typography>}
              {user && one.commonName !== user.name && <Typography variant="caption" color="warning">⚠ {texts.differs(user.name)}</Typography>}
            </Box>
            <Box sx={{ p: 1 }}><Status status={one.status} /></Box>
          </Stack>
        ))}
      </Box>
    </Paper>
  );
});

const UserField = part(({ user: chosen, users, search, finding }) => (
    <Autocomplete options={users.items} value={chosen} inputValue={search} loading={users.loading} open={users.open && search !== ''} filterOptions={(all) => all}
      noOptionsText={texts.usersNone(search)} getOptionLabel={(user) => user.name} isOptionEqualToValue={(one, other) => one.id === other.id}
      onChange={(_, user) => store.chooseUser(user)} onInputChange={(_, text, reason) => reason === 'input' && store.searchUsers(text)}
      renderOption={({ key, ...props }, user) => (
        <li key={user.id} {...props}>
          <Box sx={{ flex: 1 }}>{user.name}<Typography variant="caption" component="div">{user.code} · {user.phone}</Typography></Box>
          <Typography variant="caption">{texts.certificates(user.certificateCount)}</Typography>
        </li>
      )}
      renderInput={(params) => (
        <TextField {...params} required autoFocus size="small" name="user" label={texts.user} placeholder={texts.userPlaceholder} error={finding?.severity === 'error'}
          helperText={helper(finding)} onBlur={() => store.leave('user')} />
      )} />
));

const Content = part(({ content, source, finding }) => {
  const field = useRef(null);
  const [anchor, setAnchor] = useState(null);
  const insert = (words) => () => {
    const { selectionStart, selectionEnd } = field.current;
    setAnchor(null);
    store.put('content', content.slice(0, selectionStart) + words + content.slice(selectionEnd));
  };
  return (
    <>
      <Stack direction="row" sx={{ justifyContent: 'flex-end' }}><Button size="small" onClick={(event) => setAnchor(event.currentTarget)}>{'{ } '}{texts.insert}</Button></Stack>
      <Menu anchorEl={anchor} open={!!anchor} onClose={() => setAnchor(null)}>
        {texts.placeholders.map((words) => <MenuItem key={words} onClick={insert(words)}>{words}</MenuItem>)}
      </Menu>
      <TextField fullWidth multiline size="small" name="content" label={texts.content} placeholder={texts.contentPlaceholder} value={content} inputRef={field}
        slotProps={lines} color={finding ? 'warning' : 'primary'} helperText={helper(finding, texts[source])} onChange={(event) => store.put('content', event.target.value)}
        onBlur={() => store.leave('content')} />
    </>
  );
});

const ImageCard = part(({ image, source, finding }) => (
  <>
    <Typography variant="subtitle2" sx={{ mt: 2 }}>{texts.image} · {texts[source]}</Typography>
    <Paper variant="outlined" sx={{ p: 1, display: 'flex', gap: 1, alignItems: 'center' }} onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => { event.preventDefault(); store.putImage(event.dataTransfer.files[0]); }}>
      {image ? <>
        <Box component="img" alt="" src={image.url} sx={{ width: 72, maxHeight: 56 }} />
        <Box><Typography variant="subtitle2">{image.name}</Typography>
          <Typography variant="caption">{image.width} × {image.height} · {Math.round(image.bytes / 1024)} KB</Typography></Box>
      </> : <Typography variant="caption">{texts.imageNone}. {texts.imageHint}</Typography>}
    </Paper>
    <Typography variant="caption" color="warning">{finding?.text}</Typography>
    <Stack direction="row" spacing={1} sx={{ mt: 1 }}>
      <Button component="label" variant="outlined" size="small">{image ? texts.replace : texts.choose}
        <input hidden type="file" accept="image/png,image/jpeg" onChange={(event) => store.putImage(event.target.files[0])} /></Button>
      <Button size="small" disabled={source !== 'edited'} aria-label={texts.resetImage} onClick={store.resetImage}>{texts.reset}</Button>
    </Stack>
  </>
));

function Preview({ dialog, finding }) {
  return (
    <Box sx={{ width: 300, bgcolor: 'grey.50', p: 2, borderLeft: 1, borderColor: 'divider' }}>
      <Typography variant="subtitle2">{texts.preview}</Typography>
      <Typography variant="caption">{texts.previewHelp}</Typography>
      <Paper variant="outlined" sx={{ p: 2, my: 1 }}>
        {[0, 1, 2, 3, 4].map((line) => <Box key={line} sx={{ height: 6, bgcolor: 'grey.200', mb: 1 }} />)}
        <Stack direction="row" spacing={1} sx={{ border: 1, borderColor: 'error.main', color: 'error.main', p: 1, minHeight: 84, alignItems: 'center' }}>
          {dialog.image && dialog.mode !== 'textOnly' && <Box component="img" alt="" src={dialog.image.url} sx={{ width: 64, maxHeight: 64 }} />}
          {dialog.mode !== 'imageOnly' && <Typography sx={{ fontSize: 11, whiteSpace: 'pre-wrap', overflow: 'hidden' }}>{previewOf(dialog)}</Typography>}
        </Stack>
      </Paper>
      <Typography variant="caption">{texts.previewUser}</Typography>
      <ImageCard image={dialog.image} source={dialog.sources.image} finding={finding} />
    </Box>
  );
}

const Business = part(({ business, password, secretKey, passwordFinding, keyFinding }) => (
  <Paper variant="outlined" sx={{ p: 2, my: 1 }}>
    <FormControlLabel labelPlacement="start" sx={{ m: 0, width: '100%', justifyContent: 'space-between' }} label={<><b>{texts.business}</b><br /><small>{texts.businessHelp}</small></>}
      control={<Switch checked={business} onChange={(event) => store.put('business', event.target.checked)} />} />
    {business && <Stack direction="row" spacing={2} sx={{ mt: 2 }}>
      <Secret name="password" label={texts.password} placeholder={texts.passwordPlaceholder} value={password} finding={passwordFinding} />
      <Secret name="secretKey" label={texts.secretKey} placeholder={texts.secretKeyPlaceholder} help={texts.secretKeyHelp} value={secretKey} finding={keyFinding} />
    </Stack>}
  </Paper>
));

const Mode = part(({ mode }) => (
  <>
    <Typography variant="subtitle2" sx={{ mt: 1 }}>{texts.mode}</Typography>
    <ToggleButtonGroup exclusive fullWidth size="small" value={mode} onChange={(_, chosen) => chosen && store.put('mode', chosen)}>
      {Object.entries(texts.modes).map(([value, text]) => <ToggleButton key={value} value={value}>{text}</ToggleButton>)}
    </ToggleButtonGroup>
  </>
));

function Question({ open, title, text, no, yes }) {
  return (
    <Dialog open={open} role="alertdialog" onClose={store.answerNo}>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent>{text}</DialogContent>
      <DialogActions><Button onClick={store.answerNo} autoFocus>{no}</Button><Button variant="contained" onClick={store.answerYes}>{yes}</Button></DialogActions>
    </Dialog>
  );
}

function Create({ dialog }) {
  const form = useRef(null);
  const findings = shownFindings(dialog);
  const count = Object.values(findings).filter(({ severity }) => severity === 'error').length;
  const kind = kindOf(compact(dialog.identity));
  const submit = (event) => {
    event.preventDefault();
    const wrong = store.submit();
    if (wrong) form.current.elements[wrong]?.focus();
  };
  const prospect = dialog.lookup.answer && dialog.user ? (dialog.picks.size > 0 ? texts.adds(dialog.picks.size, dialog.user.name) : texts.nothingTicked) : texts.required;
  return (
    <Dialog open onClose={store.close} maxWidth={false} slotProps={{ paper: { component: 'form', ref: form, noValidate: true, onSubmit: submit, sx: { width: 920, maxHeight: 'calc(100% - 48px)' } } }}>
      <DialogTitle component="div">
        <Typography variant="h6" component="h2">{texts.title}</Typography><Typography variant="body2">{texts.subtitle}</Typography>
        <IconButton aria-label={texts.close} onClick={store.close} sx={{ position: 'absolute', right: 12, top: 12 }}>✕</IconButton>
      </DialogTitle>
      <DialogContent dividers sx={{ p: 0, display: 'flex' }}>
        <Box sx={{ flex: 1, p: 3, overflow: 'auto' }}>
          {dialog.problem && <Alert severity="error" sx={{ mb: 2 }}>{dialog.problem}</Alert>}
          <UserField user={dialog.user} users={dialog.users} search={dialog.search} finding={findings.user} />
          <Stack direction="row" spacing={2} sx={{ mt: 1 }}>
            <Field name="identity" label={texts.identity} required placeholder={texts.identityPlaceholder} help={kind && '✓ ' + texts.kinds[kind]} value={dialog.identity} finding={findings.identity} />
            <Field name="serial" label={`${texts.serial} ${texts.optional}`} placeholder={texts.serialPlaceholder} value={dialog.serial} finding={findings.serial} slotProps={lookUpButton} />
          </Stack>
          <Found lookup={dialog.lookup} picks={dialog.picks} user={dialog.user} />
          <Business business={dialog.business} password={dialog.password} secretKey={dialog.secretKey} passwordFinding={findings.password} keyFinding={findings.secretKey} />
          <Content content={dialog.content} source={dialog.sources.content} finding={findings.content} />
          <Mode mode={dialog.mode} />
        </Box>
        <Preview dialog={dialog} finding={findings.image} />
      </DialogContent>
      <DialogActions>
        <Typography variant="body2" color={count ? 'error' : undefined} sx={{ flex: 1, pl: 2 }}>{count ? texts.attention(count) : prospect}</Typography>
        <Button variant="outlined" onClick={store.close}>{texts.cancel}</Button>
        <Button type="submit" variant="contained" disabled={dialog.sending}>{dialog.sending ? texts.creating : texts.create}</Button>
      </DialogActions>
      <Question open={dialog.question === 'discard'} title={texts.discardTitle} text={texts.discardText} no={texts.keepEditing} yes={texts.discard} />
      <Question open={dialog.question === 'others'} title={texts.othersTitle(dialog.others, dialog.user?.name)} text={texts.othersText} no={texts.goBack} yes={texts.withThem(dialog.others)} />
    </Dialog>
  );
}

function Page() {
  const { list, filters, filterUsers, dialog, notice, removing } = useSyncExternalStore(store.subscribe, store.get);
  return (
    <ThemeProvider theme={theme}>
      <CssBaseline />
      <AppBar position="static" color="inherit" elevation={1}><Toolbar variant="dense"><Typography variant="subtitle1">{texts.product}</Typography></Toolbar></AppBar>
      <Box component="main" sx={{ p: 3 }}>
        <Stack direction="row">
          <Box sx={{ flex: 1 }}><Typography variant="h6" component="h1">{texts.listTitle}</Typography><Typography variant="body2">{list.total > 0 && texts.count(list.total, list.users)}</Typography></Box>
          <Button variant="contained" onClick={store.open}>+ {texts.create}</Button>
        </Stack>
        <Filters filters={filters} users={filterUsers} />
        <List list={list} />
      </Box>
      {dialog && <Create dialog={dialog} />}
      <Dialog open={!!removing} role="alertdialog" onClose={() => store.askRemove(null)}>
        <DialogTitle>{removing && texts.removeTitle(removing.name)}</DialogTitle>
        <DialogContent>{removing && texts.removeText(removing.userName)}</DialogContent>
        <DialogActions><Button autoFocus onClick={() => store.askRemove(null)}>{texts.keep}</Button><Button color="error" onClick={store.remove}>{texts.remove}</Button></DialogActions>
      </Dialog>
      <Snackbar open={!!notice} message={notice} />
    </ThemeProvider>
  );
}

store.start();
createRoot(document.getElementById('root')).render(<Page />);
