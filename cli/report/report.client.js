// The script of the page: draws the chart and the table of keys out of the data beside it. It sets text only, never markup.
(() => {
  const ROWS_AT_ONCE = 200;
  const CHART_HEIGHT = 320;
  /** As much as fits on a sheet of A4 or Letter. */
  const PRINTED_WIDTH = 680;
  /** Seconds between two marks of the axis. */
  const AXIS_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200, 86400];

  const at = (id) => document.getElementById(id);
  const { rows, chart, outcomeWords, reasonWords } = JSON.parse(at('data').textContent);
  const number = (n) => n.toLocaleString('en-US');

  const spoken = (seconds) => {
    if (Math.abs(seconds) < 60) return `${Math.round(seconds * 10) / 10} s`;
    const whole = Math.round(seconds);
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor((whole % 3600) / 60);
    return hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  };

  /** Minutes and seconds as on a clock, for the axis. */
  const onClock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (className !== undefined) made.className = className;
    return made;
  };

  /** While it is, the style has its light colours. */
  const isPrinting = () => document.documentElement.classList.contains('printing');

  const drawChart = () => {
    const place = at('chart');
    if (place === null || chart === undefined) return;
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    const axis = { stroke: colour('--ink'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line') } };
    const keys = (_, value) => (value === null ? '–' : number(value));
    const hasFloor = chart.floor.some((count) => count > 0);
    const series = [
      { name: 'called', label: 'called for', stroke: colour('--called'), width: 2 },
      { name: 'proven', label: 'proven', stroke: colour('--proven'), width: 2 },
      { name: 'floor', label: 'least time possible', stroke: colour('--floor'), width: 2, dash: [6, 5] },
    ].filter(({ name }) => name !== 'floor' || hasFloor);
    place.replaceChildren();
    new uPlot(
      {
        width: isPrinting() ? Math.min(PRINTED_WIDTH, place.clientWidth) : place.clientWidth,
        height: CHART_HEIGHT,
        scales: { x: { time: false }, y: { range: (_, __, most) => [0, Math.max(1, most * 1.05)] } },
        cursor: { drag: { x: false, y: false } },
        series: [
          { label: 'after', value: (_, seconds) => (seconds === null ? '–' : spoken(seconds)) },
          ...series.map(({ label, stroke, width, dash }) => ({ label, stroke, width, dash, value: keys, points: { show: false } })),
        ],
        axes: [
          { ...axis, space: 80, incrs: AXIS_STEPS, values: (_, marks) => marks.map(onClock) },
          { ...axis, size: 70, values: (_, marks) => marks.map(number) },
        ],
      },
      [chart.seconds, ...series.map(({ name }) => chart[name])],
      place,
    );
  };

  const region = (row) => {
    if (row.origin === undefined) return row.primary === undefined ? [] : [row.primary];
    return row.primary === row.origin || row.primary === undefined ? [row.origin] : [`${row.origin} → ${row.primary}`];
  };

  const time = (word, seconds) => (seconds === undefined ? [] : [`${word} ${spoken(seconds)}`]);

  /** The cells of a key: a label for narrow screens, and lines of text. */
  const cellsOf = (row) => [
    ['key', [row.keyId, [`account ${row.account}`], [row.nature]]],
    ['outcome', row.reason === undefined ? [] : [[row.reason], [reasonWords[row.reason]]]],
    ['primary', [...region(row), [`held in ${row.regions.join(', ')}`]]],
    ['proof', [row.proof, [row.provenIn.join(', ')]]],
    ['calls', [String(row.attempts), ...row.requestIds.map((id) => [id])]],
    ['after the start', [...time('called', row.called), ...time('accepted', row.accepted), ...time('proven', row.proven)]],
    ['notes', [...row.notes, ...(row.run === undefined ? [] : [[row.run]])]],
  ];

  const drawnRow = (row) => {
    const drawn = element('tr');
    drawn.setAttribute('role', 'row');
    for (const [label, lines] of cellsOf(row)) {
      const cell = element('td');
      cell.setAttribute('role', 'cell');
      cell.dataset.label = label;
      if (label === 'outcome') cell.append(element('div', row.outcome, `outcome ${row.outcome}`), ' ');
      for (const line of lines) {
        const [text, className] = Array.isArray(line) ? [line[0], 'soft'] : [line, undefined];
        if (text !== '') cell.append(element('div', text, className), ' ');
      }
      drawn.append(cell);
    }
    return drawn;
  };

  const texts = new WeakMap();
  const textOf = (row) => {
    if (!texts.has(row)) texts.set(row, JSON.stringify(Object.values(row)).toLowerCase());
    return texts.get(row);
  };

  const keepTable = (table) => {
    const [body, form, stand, more] = [table.tBodies[0], at('filter'), at('stand'), at('more')];
    let wanted = rows;
    let shown = 0;

    const tell = () => {
      const part = wanted.length === rows.length ? '' : `, of ${number(rows.length)} on this page`;
      stand.textContent = wanted.length === 0 ? 'No key fits.' : `${number(shown)} of ${number(wanted.length)} keys are shown${part}.`;
      more.hidden = shown >= wanted.length;
    };
    const show = (upTo) => {
      const next = wanted.slice(shown, upTo);
      body.append(...next.map(drawnRow));
      shown += next.length;
      tell();
    };
    const begin = (some, upTo) => {
      wanted = some;
      shown = 0;
      body.replaceChildren();
      show(upTo);
    };
    const filter = () => {
      const words = form.elements.namedItem('text').value.toLowerCase().split(/\s+/).filter(Boolean);
      const outcome = form.elements.namedItem('outcome').value;
      const fits = (row) => (outcome === '' || row.outcome === outcome) && words.every((word) => textOf(row).includes(word));
      begin(rows.filter(fits), ROWS_AT_ONCE);
    };

    for (const kind of new Set(rows.map((row) => row.outcome))) {
      const option = element('option', outcomeWords[kind]);
      option.value = kind;
      form.elements.namedItem('outcome').append(option);
    }
    form.addEventListener('input', filter);
    form.addEventListener('submit', (event) => event.preventDefault());
    more.addEventListener('click', () => show(shown + ROWS_AT_ONCE));
    addEventListener('beforeprint', () => {
      const others = rows.filter((row) => row.outcome !== 'promoted');
      if (others.length > 0) begin(others, others.length);
    });
    addEventListener('afterprint', filter);
    for (const hidden of [form, table]) hidden.hidden = false;
    filter();
  };

  const table = at('rows');
  if (table !== null) keepTable(table);

  drawChart();
  addEventListener('resize', drawChart);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawChart);
  for (const moment of ['beforeprint', 'afterprint'])
    addEventListener(moment, () => {
      document.documentElement.classList.toggle('printing', moment === 'beforeprint');
      drawChart();
    });
})();
