"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const main = document.getElementById("main");
  const nav = document.getElementById("contents");
  const charts = [];

  // --- words and elements ---

  const el = (name, attributes, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined) node.setAttribute(key, value);
    }
    node.append(...children.flat().filter((c) => c !== null && c !== undefined));
    return node;
  };
  const count = (n) => Number(n).toLocaleString("en-US");
  const short = (n) => Number(n).toLocaleString("en-US", { notation: "compact", maximumFractionDigits: 1 });
  const percent = (x, digits = 1) => (100 * x).toFixed(digits);
  const number = (x) => (Math.abs(x) >= 1000 || x === 0 ? count(Math.round(x)) : Number(x.toPrecision(3)).toString());
  const duration = (s) => {
    if (s < 90) return `${number(s)} s`;
    return s < 5400 ? `${Math.round(s / 60)} min` : `${(s / 3600).toFixed(1)} h`;
  };
  const plural = (n, word) => `${count(n)} ${word}${n === 1 ? "" : "s"}`;

  const section = (id, title, lead) => {
    const node = el("section", { id }, el("h2", {}, title), lead ? el("p", { class: "lead" }, lead) : null);
    main.append(node);
    nav.append(el("a", { href: "#" + id }, title));
    return node;
  };
  const panel = (title, ...children) => el("div", { class: "panel" }, title ? el("h3", {}, title) : null, ...children);
  /** More bars than a third of the page can show apart get the whole width. */
  const barGrid = (bars) => el("div", { class: bars > 12 ? "grid whole" : "grid" });

  const table = (head, rows, options = {}) => {
    const body = rows.map((row) => el("tr", {}, row.map((cell) => (cell instanceof Node && cell.tagName === "TD" ? cell : el("td", {}, cell)))));
    return el("div", { class: "scroll" }, el("table", { class: options.class || null },
      options.caption ? el("caption", {}, options.caption) : null,
      el("thead", {}, el("tr", {}, head.map((h) => (h instanceof Node ? h : el("th", {}, h))))), el("tbody", {}, body)));
  };
  const left = (title) => el("th", { class: "text" }, title);
  const estimate = (e) => el("span", {}, percent(e.value), " ", el("span", { class: "range" }, `${percent(e.low)} to ${percent(e.high)}`));

  // --- charts ---

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colour = (i) => css("--c" + (i % 8));
  const armNames = [...new Set([...(data.comparison ? data.comparison.arms : []), ...(data.evaluations || []), ...(data.training || [])].map((a) => a.name))];
  /** One colour for an arm wherever it appears. */
  const armColour = (name) => colour(armNames.indexOf(name));

  /** Lines from the low to the high end of each bar's interval. */
  const whiskers = {
    id: "whiskers",
    afterDatasetsDraw(chart) {
      const g = chart.ctx;
      const sideways = chart.options.indexAxis === "y";
      const scale = sideways ? chart.scales.x : chart.scales.y;
      g.save();
      g.strokeStyle = css("--ink");
      g.lineWidth = 1.25;
      chart.data.datasets.forEach((set, s) => {
        if (!set.ranges || !chart.isDatasetVisible(s)) return;
        chart.getDatasetMeta(s).data.forEach((bar, i) => {
          const range = set.ranges[i];
          if (!range) return;
          const [from, to] = range.map((v) => scale.getPixelForValue(v));
          g.beginPath();
          for (const [a, b, c] of [[from, to, 0], [from, from, 4], [to, to, 4]]) {
            if (sideways) { g.moveTo(a, bar.y - c); g.lineTo(b, bar.y + c); } else { g.moveTo(bar.x - c, a); g.lineTo(bar.x + c, b); }
          }
          g.stroke();
        });
      });
      g.restore();
    },
  };

  const chart = (make, height, label) => {
    const canvas = el("canvas", { role: "img", "aria-label": label });
    const holder = el("div", { class: "canvas", style: height ? `height:${height}px` : null }, canvas);
    charts.push({ canvas, make });
    return holder;
  };
  const axis = (title, more = {}) => ({
    title: { display: Boolean(title), text: title, color: css("--soft") },
    ticks: { color: css("--soft"), ...(more.ticks || {}) }, grid: { color: css("--line") }, border: { color: css("--line") }, ...more.rest,
  });
  const base = (options = {}) => ({
    animation: false, responsive: true, maintainAspectRatio: false, interaction: { mode: "index", intersect: false },
    ...options,
    plugins: { legend: { labels: { color: css("--ink"), boxWidth: 12, boxHeight: 12 }, display: true }, ...(options.plugins || {}) },
  });
  const draw = () => {
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    for (const item of charts) {
      if (item.chart) item.chart.destroy();
      item.chart = new Chart(item.canvas, { ...item.make(), plugins: [whiskers] });
    }
  };

  // --- the head ---

  /** What training did, in a sentence: the strict column, the mean over benchmarks, and whether the intervals are sure of it. */
  const finding = () => {
    const { pairs, arms } = data.comparison;
    const strict = pairs.filter((p) => p.column === "STRICT");
    if (!strict.length) return "";
    const first = arms.find((a) => a.name === strict[0].base);
    const mean = (numbers) => numbers.reduce((x, y) => x + y, 0) / numbers.length;
    const start = percent(mean(first.benchmarks.map((b) => b.strict.value)));
    const changes = [...new Set(strict.map((p) => p.arm))].map((name) => {
      const own = strict.filter((p) => p.arm === name);
      const change = mean(own.map((p) => p.difference.value));
      const sure = own.every((p) => p.difference.low > 0) || own.every((p) => p.difference.high < 0);
      return `${name} ${change > 0 ? "+" : ""}${percent(change)}${sure ? "" : " (not told apart from none)"}`;
    });
    return `On ${plural(first.benchmarks.reduce((sum, b) => sum + b.n, 0), "question")}, ${first.name} is strictly right in ${start} %; in points against it: ${changes.join(", ")}.`;
  };

  const head = () => {
    const top = document.getElementById("top");
    const steps = data.funnel ? data.funnel.steps : [];
    const first = steps.length ? steps[0] : null;
    const last = steps.length ? steps[steps.length - 1] : null;
    const say = [];
    if (first) say.push(`${plural(first.rows, "question")} about pictures went in and ${count(last.rows)} came out of ${last.label}, each reason for a lost row counted.`);
    if (data.training) say.push(`${plural(data.training.length, "training run")} below.`);
    if (data.comparison) say.push(finding());
    top.append(el("p", { class: "kicker" }, "Sightmill report"), el("h1", {}, data.title), el("p", { class: "lead" }, say.join(" ")));
    const figures = el("div", { class: "figures" });
    const figure = (value, what) => figures.append(el("div", { class: "figure" }, el("b", {}, value), el("span", {}, what)));
    if (first) {
      figure(short(first.rows), "questions read");
      figure(first.rows ? percent(last.rows / first.rows, 0) + " %" : "0 %", "left after " + last.label);
      for (const [name, rows] of Object.entries(data.funnel.subsets)) figure(short(rows), name + " rows");
    }
    if (data.cost) {
      figure(duration(data.cost.reduce((sum, c) => sum + c.seconds, 0)), "for all steps");
      const dollars = data.cost.reduce((sum, c) => sum + (c.cost_usd || 0), 0);
      if (dollars) figure("$" + dollars.toFixed(2), "for teachers' calls");
    }
    if (figures.children.length) top.append(figures);
  };

  // --- the six steps ---

  const funnel = () => {
    if (!data.funnel) return;
    const { steps, sources, reasons } = data.funnel;
    const node = section("funnel", "The six steps", "Rows that are left after each step, by source. What a step drops is counted by reason; read + expanded = out + rejected + unselected holds for every step.");
    const flow = panel(null, chart(() => ({
      type: "bar",
      data: { labels: steps.map((s) => s.label), datasets: sources.map((source, i) => ({ label: source.name, data: source.rows, backgroundColor: colour(i), borderRadius: 2, maxBarThickness: 34 })) },
      options: base({ indexAxis: "y", scales: { x: axis("rows", { rest: { stacked: true } }), y: axis("", { rest: { stacked: true } }) }, plugins: { legend: { display: sources.length > 1, position: "bottom", labels: { color: css("--ink"), boxWidth: 12, boxHeight: 12 } } } }),
    }), 90 + 34 * steps.length, "rows after each step by source"));
    node.append(flow);
    node.append(el("div", { class: "panel", style: "margin-top:16px" }, table(["source", ...steps.map((s) => s.label)],
      [...sources.map((s) => [s.name, ...s.rows.map(count)]), [el("b", {}, "all"), ...steps.map((s) => el("b", {}, count(s.rows)))]])));
    if (!reasons.length) return;
    const most = Math.max(...reasons.map((r) => r.rows));
    const byStep = new Map();
    for (const reason of reasons) byStep.set(reason.step, [...(byStep.get(reason.step) || []), reason]);
    const grid = el("div", { class: "grid", style: "margin-top:16px" });
    for (const [step, list] of byStep) {
      grid.append(panel("Dropped by " + step, el("ul", { class: "reasons" }, list.map((r) => el("li", {},
        el("span", {}, r.sentence, " ", el("code", {}, r.code), el("span", { class: "range" }, " " + r.source)), el("b", {}, count(r.rows)),
        el("span", { class: "bar" }, el("i", { style: `width:${100 * r.rows / most}%` })))))));
    }
    node.append(grid);
  };

  // --- sample cards ---

  /** The text with every cue marked. */
  const marked = (text, cues) => {
    const found = (cues || []).filter(Boolean).map((c) => c.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    if (!found.length) return [text];
    return text.split(new RegExp(`(${found.join("|")})`, "gi")).map((part, i) => (i % 2 ? el("mark", {}, part) : part));
  };
  const fold = (title, text, cues, open) => (text ? el("details", open ? { open: "" } : {}, el("summary", {}, title), el("p", { class: "trace" }, marked(text, cues))) : null);
  const picture = (card) => (card.image ? el("img", { src: card.image, alt: card.caption || "the question's picture", decoding: "async" }) : null);
  const options = (card) => (card.choices && card.choices.length ? el("ol", {}, card.choices.map((c, i) => el("li", { class: String.fromCharCode(65 + i) === card.answer ? "right" : null }, c))) : null);

  /** What stands in the last answer block; a response without one is shown whole. */
  const answerOf = (text) => {
    const blocks = [...text.matchAll(/<answer>([\s\S]*?)<\/answer>/g)];
    return blocks.length ? blocks[blocks.length - 1][1].trim() : text;
  };

  const sample = (card) => el("article", { class: "sample" }, picture(card), el("div", { class: "in" },
    el("div", { class: "tags" }, el("span", { class: "tag" }, card.source), card.split ? el("span", { class: "tag" }, card.split) : null,
      card.answer_type ? el("span", { class: "tag" }, card.answer_type) : null,
      card.verdict ? el("span", { class: "tag " + (card.verdict === "EQUAL" ? "good" : "bad") }, card.verdict.toLowerCase()) : null,
      card.reason_code ? el("span", { class: "tag bad" }, card.reason_code) : null),
    el("p", { class: "q" }, card.question || "(no question)"), options(card),
    el("p", { class: "answer" }, el("b", {}, "gold"), card.answer || "(none)"),
    card.response ? el("p", { class: "answer" }, el("b", {}, "answer"), answerOf(card.response)) : null,
    card.detail ? el("p", { class: "answer" }, el("b", {}, "why"), card.detail) : null,
    fold("Reasoning", card.reasoning, data.cue_words, true), fold("Caption", card.caption, null, false),
    card.verdict_reason ? fold("Verdict", card.verdict_reason, null, false) : null));

  const samples = () => {
    if (data.samples && data.samples.length) {
      section("samples", "Samples", "Rows of the finished data set, drawn evenly over sources and splits. Marked words are the self-reflection cues that decide between SFT and RL.")
        .append(el("div", { class: "cards" }, data.samples.map(sample)));
    }
    if (data.rejects && data.rejects.length) {
      section("rejects", "What was dropped", "One row for each reason, so that a reason can be judged by looking.").append(el("div", { class: "cards" }, data.rejects.map(sample)));
    }
  };

  // --- heat map ---

  const heat = (map) => {
    const most = Math.max(1, ...map.values.flat());
    const cell = (value) => {
      const share = Math.sqrt(value / most);
      return el("td", { style: `background:color-mix(in srgb, var(--c1) ${Math.round(85 * share)}%, var(--wash));color:${share > 0.6 ? "#1d1205" : "inherit"}` }, count(value));
    };
    return panel(map.title, table([map.rows_are, ...map.columns], map.rows.map((row, i) => [row, ...map.values[i].map(cell)]), { class: "heat" }));
  };
  const cues = () => {
    if (!data.cues || !data.cues.length) return;
    const node = section("cues", "Self-reflection", "How often each cue occurs, counted in rows that hold it at least once.");
    node.append(...data.cues.map(heat));
  };

  // --- training ---

  const curve = (title, key, note, scale) => {
    const arms = data.training.filter((arm) => arm.points.some((p) => typeof p[key] === "number"));
    if (!arms.length) return null;
    return panel(title, chart(() => ({
      type: "line",
      data: { datasets: arms.map((arm) => {
        const points = arm.points.filter((p) => typeof p[key] === "number").map((p) => ({ x: p.step, y: p[key] }));
        // A few points are measurements to see; a line through one of them would be nothing at all.
        return { label: arm.name, data: points, borderColor: armColour(arm.name), backgroundColor: armColour(arm.name), borderWidth: 1.5, pointRadius: points.length < 12 ? 3 : 0, tension: 0.2 };
      }) },
      options: base({ interaction: { mode: "nearest", axis: "x", intersect: false }, scales: { x: { type: "linear", ...axis("step", { ticks: { precision: 0 } }) }, y: { ...axis(""), ...(scale || {}) } } }),
    }), 0, title + " over training steps"), note ? el("p", {}, note) : null);
  };
  const parts = (arm) => {
    const keys = [...new Set(arm.points.flatMap((p) => Object.keys(p)))].filter((k) => /^rewards\/.+\/mean$/.test(k));
    if (!keys.length) return null;
    return panel("Reward parts: " + arm.name, chart(() => ({
      type: "line",
      data: { datasets: keys.map((key, i) => ({ label: key.split("/")[1], data: arm.points.filter((p) => typeof p[key] === "number").map((p) => ({ x: p.step, y: p[key] })), borderColor: colour(i), backgroundColor: colour(i), borderWidth: 1.5, pointRadius: 0, tension: 0.2 })) },
      options: base({ interaction: { mode: "nearest", axis: "x", intersect: false }, scales: { x: { type: "linear", ...axis("step", { ticks: { precision: 0 } }) }, y: axis("") } }),
    }), 0, "reward parts of " + arm.name));
  };
  const training = () => {
    if (!data.training || !data.training.length) return;
    const node = section("training", "Training", "Per step, as the run logs say it. A curve of several thousand steps is thinned to the means of equal stretches.");
    node.append(el("div", { class: "grid" }, [
      curve("Reward", "reward", "Mean over all completions of a step."), curve("Response length", "completions/mean_length", "Tokens, mean over completions."),
      curve("KL to the reference", "kl"), curve("Entropy", "entropy"), curve("Loss", "loss"), curve("Held-out loss", "eval_loss"), curve("Held-out reward", "eval_reward"), curve("Held-out accuracy", "eval_lenient", "Share of held-out questions right, verifier lenient.", { min: 0 }),
      curve("Cut off by length", "completions/clipped_ratio", "Share of completions that the token limit ended.", { min: 0 }),
      curve("Groups without a signal", "frac_reward_zero_std", "Share of groups whose rewards are all equal.", { min: 0 }), ...data.training.map(parts),
    ].filter(Boolean)));
  };

  const rollouts = () => {
    if (!data.rollouts || !data.rollouts.length) return;
    const node = section("rollouts", "Best and worst rollouts", "The highest and the lowest rewards of each run; the newest first among equals.");
    for (const arm of data.rollouts) {
      for (const [what, list] of [["Best of " + arm.name, arm.best], ["Worst of " + arm.name, arm.worst]]) {
        node.append(el("h3", { style: "margin-top:18px" }, what), el("div", { class: "cards" }, list.map((r) => el("article", { class: "sample" }, el("div", { class: "in" },
          el("div", { class: "tags" }, el("span", { class: "tag" }, "step " + r.step), el("span", { class: "tag " + (r.reward > 0 ? "good" : "bad") }, "reward " + number(r.reward)), r.verdict ? el("span", { class: "tag" }, r.verdict) : null),
          r.question ? el("p", { class: "q" }, r.question) : null, r.gold ? el("p", { class: "answer" }, el("b", {}, "gold"), r.gold) : null,
          fold("Completion", r.completion || "(empty)", data.cue_words, true))))));
      }
    }
  };

  // --- evaluation ---

  const COLUMNS = [["compatible", "by the benchmark's own rule"], ["lenient", "by the verifier, lenient"], ["strict", "by the verifier, strict"]];
  const six = ["MathVista", "MathVision", "MathVerse", "DynaMath", "WeMath", "LogicVista"];

  /** Arms in the order of the comparison, where there is one: the base first. */
  const ordered = () => {
    const names = data.comparison ? data.comparison.arms.map((a) => a.name) : [];
    const place = (arm) => (names.includes(arm.name) ? names.indexOf(arm.name) : names.length);
    return [...(data.evaluations || [])].sort((a, b) => place(a) - place(b));
  };

  const evaluation = () => {
    const arms = ordered();
    if (!arms.length) return;
    const node = section("benchmarks", "Benchmarks", "Accuracy in percent with 95 % bootstrap intervals. Compatible follows each benchmark's own evaluator, its faults included; lenient and strict are the verifier that made the data and the rewards. What is unresolved counts as wrong.");
    const names = [...new Set(arms.flatMap((a) => a.benchmarks.map((b) => b.benchmark)))];
    const result = (arm, name) => arm.benchmarks.find((b) => b.benchmark === name);
    node.append(el("div", { class: "key" }, [...new Set(arms.map((a) => a.decoding))].map((d) => el("span", {}, d))));
    const grid = barGrid(names.length * arms.length);
    for (const [column, words] of COLUMNS) {
      grid.append(panel(column[0].toUpperCase() + column.slice(1), chart(() => ({
        type: "bar",
        data: { labels: names, datasets: arms.map((arm, i) => ({ label: arm.name, data: names.map((n) => { const r = result(arm, n); return r ? 100 * r[column].value : null; }),
          ranges: names.map((n) => { const r = result(arm, n); return r ? [100 * r[column].low, 100 * r[column].high] : null; }), backgroundColor: armColour(arm.name), borderRadius: 3, maxBarThickness: 40 })) },
        options: base({ scales: { x: axis(""), y: { ...axis("percent right"), beginAtZero: true, suggestedMax: Math.min(100, 5 + Math.max(...arms.flatMap((a) => a.benchmarks.map((b) => 100 * b[column].high)))) } } }),
      }), 0, "accuracy " + words), el("p", {}, words)));
    }
    node.append(grid);
    const rows = arms.flatMap((arm) => arm.benchmarks.map((b) => {
      const failed = Object.values(b.failures).reduce((x, y) => x + y, 0);
      return [arm.name, el("td", { class: "text" }, b.benchmark), count(b.n), count(b.by_rule), count(b.judged), count(b.unresolved), count(failed), estimate(b.compatible), estimate(b.lenient), estimate(b.strict),
        percent(b.n ? b.truncated / b.n : 0) + " %", percent(b.n ? b.malformed / b.n : 0) + " %"];
    }));
    node.append(el("div", { class: "panel", style: "margin-top:16px" }, table(["arm", left("benchmark"), "n", "by rule", "judged", "unresolved", "no answer", "compatible", "lenient", "strict", "cut off", "off format"], rows)));
    const average = (arm, column) => percent(six.reduce((sum, n) => sum + result(arm, n)[column].value, 0) / 6);
    const whole = arms.filter((arm) => six.every((n) => result(arm, n)));
    if (whole.length) {
      node.append(el("div", { class: "panel", style: "margin-top:16px" }, table(["average of the six", "compatible", "lenient", "strict"], whole.map((arm) => [arm.name, ...COLUMNS.map(([c]) => average(arm, c))]))));
    }
    if (whole.length < arms.length && names.some((n) => six.includes(n))) {
      node.append(el("p", { class: "note" }, "There is an average only of all six benchmarks; " + arms.filter((a) => !whole.includes(a)).map((a) => `${a.name} ran ${six.filter((n) => result(a, n)).length}`).join(", ") + "."));
    }
    const own = el("div", { class: "panel own", style: "margin-top:16px" }, el("h3", {}, "As each benchmark prints it"));
    for (const name of names) {
      const shown = arms.filter((arm) => result(arm, name) && result(arm, name).lines.length > 1);
      if (!shown.length) continue;
      const lines = result(shown[0], name).lines;
      const cell = (arm, line) => { const l = result(arm, name).lines.find((x) => x.name === line.name); return l ? `${percent(l.compatible)} / ${percent(l.lenient)} / ${percent(l.strict)}` : "-"; };
      const faults = shown.flatMap((arm) => Object.entries(result(arm, name).upstream_bugs).map(([bug, n]) => `${arm.name}: ${bug} ${count(n)}`));
      own.append(el("details", {}, el("summary", {}, name),
        table(["line", "n", ...shown.map((arm) => arm.name)], lines.map((line) => [line.name, count(line.n), ...shown.map((arm) => cell(arm, line))]), { caption: "compatible / lenient / strict" }),
        faults.length ? el("p", { class: "range faults" }, "Decided by faults of the original evaluator: " + faults.join(", ")) : null));
    }
    if (own.children.length < 2) own.append(el("p", {}, "No benchmark here has categories."));
    node.append(own);
  };

  const comparison = () => {
    if (!data.comparison) return;
    const { pairs, seeds } = data.comparison;
    const baseName = pairs.length ? pairs[0].base : "";
    const node = section("comparison", "What training changed", `Every arm beside ${baseName}, on the same items. Bars are relative changes; a star marks a paired 95 % interval of the difference that leaves out zero.`);
    const names = [...new Set(pairs.map((p) => p.benchmark))];
    const arms = [...new Set(pairs.map((p) => p.arm))];
    const grid = barGrid(names.length * arms.length);
    for (const [column, words] of COLUMNS) {
      const of = (arm, name) => pairs.find((p) => p.arm === arm && p.benchmark === name && p.column === column.toUpperCase());
      if (!pairs.some((p) => p.column === column.toUpperCase() && p.relative !== null)) continue;
      grid.append(panel(`Relative change, ${column}`, chart(() => ({
        type: "bar",
        data: { labels: names, datasets: arms.map((arm, i) => ({ label: arm, data: names.map((n) => { const p = of(arm, n); return p && p.relative !== null ? 100 * p.relative : null; }), backgroundColor: armColour(arm), borderRadius: 3, maxBarThickness: 30 })) },
        options: base({ indexAxis: "y", scales: { x: axis("percent of the base"), y: axis("") } }),
      }), 110 + 40 * names.length * Math.max(1, arms.length / 2), "relative change " + words), el("p", {}, words)));
    }
    node.append(grid);
    const signed = (x) => (x > 0 ? "+" : "") + percent(x);
    const sure = (p) => p.difference.low > 0 || p.difference.high < 0;
    const change = (p) => el("span", { class: sure(p) ? (p.difference.value > 0 ? "up" : "down") : null }, signed(p.difference.value) + (sure(p) ? " *" : ""), " ",
      el("span", { class: "range" }, `${signed(p.difference.low)} to ${signed(p.difference.high)}`), p.relative === null ? null : el("span", { class: "range" }, signed(p.relative) + " % of it"));
    const find = (arm, name, column) => pairs.find((p) => p.arm === arm && p.benchmark === name && p.column === column.toUpperCase());
    const rows = arms.flatMap((arm) => names.filter((name) => COLUMNS.some(([c]) => find(arm, name, c))).map((name) => {
      const cells = COLUMNS.map(([c]) => find(arm, name, c));
      return [arm, el("td", { class: "text" }, name), count(cells.find(Boolean).units), ...cells.map((p) => (p ? change(p) : "-"))];
    }));
    node.append(el("div", { class: "panel", style: "margin-top:16px" }, table(["arm", left("benchmark"), "units", ...COLUMNS.map(([c]) => c)], rows,
      { caption: `Points against ${baseName}, with paired 95 % intervals, and in percent of its accuracy` }),
    el("details", {}, el("summary", {}, "Exact tests: units that an arm has right and the base has not, and the other way round"),
      table(["arm", left("benchmark"), left("column"), "gained", "lost", "p, sign test"], pairs.map((p) => [p.arm, el("td", { class: "text" }, p.benchmark), el("td", { class: "text" }, p.column.toLowerCase()),
        count(p.change.gained), count(p.change.lost), p.change.p < 0.001 ? "< 0.001" : p.change.p.toFixed(3)])))));
    // The base, under whichever prompt, was not trained here: it has no seeds.
    const untrained = data.comparison.arms.filter((a) => a.model === data.comparison.arms[0].model).map((a) => a.name);
    const trained = Object.entries(seeds).filter(([name]) => !untrained.includes(name));
    const one = trained.filter(([, n]) => n === 1).map(([name]) => name);
    const several = trained.filter(([, n]) => n > 1).map(([name, n]) => `${name} is the mean of ${n} training seeds`);
    const words = [one.length ? `One seed: ${one.join(", ")}. Intervals are over items; another training seed can differ by more` : "", ...several].filter(Boolean);
    if (words.length) node.append(el("p", { class: "note" }, words.join("; ") + "."));
  };

  // --- cost ---

  const cost = () => {
    const arms = ordered();
    const runs = data.training || [];
    if (!data.cost && !arms.length && !runs.length) return;
    const node = section("cost", "Cost", "Time is of the clock for steps, of devices for training and answers. Money is what endpoints reported.");
    if (data.cost) {
      node.append(panel("Steps", table(["step", "rows out", "seconds", "rows/s", "calls", "tokens in", "tokens out", "USD"], data.cost.map((c) =>
        [c.step, count(c.rows), number(c.seconds), c.seconds ? number(c.rows / c.seconds) : "-", count(c.calls), count(c.input_tokens), count(c.output_tokens), (c.cost_usd || 0).toFixed(4)]))));
    }
    if (runs.length) {
      node.append(el("div", { style: "height:16px" }), panel("Training", table(["arm", "steps", "tokens", "device time", "tokens/s", "its model is that of"], runs.map((run) => {
        const t = run.totals;
        return [run.name, count(t.steps), count(t.tokens), t.device_seconds ? duration(t.device_seconds) : "-", t.device_seconds ? number(t.tokens / t.device_seconds) : "-",
          t.chosen_step === null || t.chosen_step === undefined ? "the last step" : `step ${count(t.chosen_step)}, best on held-out rows`];
      }))));
    }
    if (arms.length) {
      const sum = (arm, key) => arm.benchmarks.reduce((s, b) => s + b[key], 0);
      node.append(el("div", { style: "height:16px" }), panel("Answers", table(["arm", "items", "prompt tokens", "new tokens", "device time", "tokens/s"], arms.map((arm) => {
        const seconds = sum(arm, "seconds");
        return [arm.name, count(sum(arm, "n")), count(sum(arm, "prompt_tokens")), count(sum(arm, "completion_tokens")), seconds ? duration(seconds) : "-", seconds ? number(sum(arm, "completion_tokens") / seconds) : "-"];
      }))));
    }
  };

  const missing = () => {
    if (!data.missing.length) return;
    section("missing", "Not in this report").append(el("ul", { class: "missing" }, data.missing.map((m) => el("li", {}, m.what + ": ", m.why, " ", m.command ? el("code", {}, m.command) : null))));
  };

  head();
  funnel();
  samples();
  cues();
  training();
  rollouts();
  evaluation();
  comparison();
  cost();
  missing();
  document.getElementById("foot").append(`Made by Sightmill ${data.version} from ${data.place}. This page holds everything it shows; nothing is loaded from a network.`);
  draw();
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((d) => d.setAttribute("open", ""));
    draw();
  });
  window.addEventListener("afterprint", () => {
    folded.forEach((d) => d.removeAttribute("open"));
    draw();
  });
  document.documentElement.dataset.drawn = String(charts.length);
})();
