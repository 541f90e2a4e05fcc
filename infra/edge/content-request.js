// CloudFront Function, at every viewer request. It tells the APIs by what name they were asked. Queries of what anybody may
// read get one cache key if they mean the same, and are refused if the API would refuse them for their names, so that
// the cache policy may put all of a query into the key.
//
// It runs as it is in CloudFront's runtime 2.0, which knows ES 5.1 with const, let, arrow functions and template literals;
// a test reads it for anything else. `contract` is put before it at synth: infra/constructs/edge-function.ts.

/** Names that are looked at. No route has so many, so that among more at least one is wrong. */
const mostNames = 50;
/** Media ranges of Accept that are looked at. */
const mostRanges = 30;
/** What chooses a form: the first names it, and with the others the API has JSON alone. */
const choosingForm = ['format', 'fields', 'include'];

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it
function handler(event) {
  const request = event.request;
  // Overwrites what the caller may have sent.
  request.headers[contract.hostHeader] = { value: hostOf(request.headers.host) };
  if (request.method === 'OPTIONS') return request;
  const uri = plain(request.uri);
  const route = contract.routes.find((candidate) => new RegExp(candidate.path).test(uri));
  if (!route) return request;
  request.uri = uri;
  const given = givenIn(request.querystring);
  const problems = problemsOf(given, route.query);
  if (problems.length > 0) return refusal(problems, request.method, event.context.requestId);
  const format = formatFor(route, given, request.headers.accept);
  const asked = given.filter((parameter) => decoded(parameter.value) !== route.query[parameter.name]);
  request.querystring = (format ? asked.concat([{ name: 'format', value: format }]) : asked)
    .map((parameter) => `${parameter.name}=${plainValue(parameter.value, route.lists[parameter.name])}`)
    .sort()
    .join('&');
  return request;
}

/** In one spelling, or each would have a copy of its own: CloudFront answers to a name in capitals and with its port too. */
function hostOf(header) {
  return header ? header.value.toLowerCase().replace(/:\d*$/, '') : '';
}

/** One spelling for each path: RFC 3986 §6.2.2. What is purged is purged by the plain one, and others would be kept beside it. */
function plain(uri) {
  return uri.replace(/%([0-9a-fA-F]{2})/g, (whole, hex) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16));
    return /[A-Za-z0-9\-._~]/.test(character) ? character : whole.toUpperCase();
  });
}

/** The parameters, their names decoded and their values not. Twice is enough to show that one is repeated. */
function givenIn(querystring) {
  const given = [];
  Object.keys(querystring)
    .slice(0, mostNames)
    .forEach((name) => {
      const field = querystring[name];
      (field.multiValue || [field]).slice(0, 2).forEach((one) => {
        given.push({ name: decoded(name), value: one.value });
      });
    });
  return given;
}

/** As the API says it: functions/_shared/parse-request.ts. Wrong values are left to the API. */
function problemsOf(given, query) {
  const known = Object.keys(query);
  const unknown = `is not a parameter here; ${known.length > 0 ? `there are ${known.join(', ')}` : 'there are none'}`;
  const names = given.map((parameter) => parameter.name);
  return names
    .slice(0, mostNames)
    .filter((name, index, looked) => looked.indexOf(name) === index)
    .filter((name) => known.indexOf(name) < 0 || names.indexOf(name) !== names.lastIndexOf(name))
    .map((name) => ({
      pointer: `?${name.slice(0, 100)}`,
      detail: known.indexOf(name) < 0 ? unknown : 'is given more than once',
    }));
}

/** As the API writes it: functions/_shared/problem.ts. */
function refusal(problems, method, requestId) {
  const named = problems.map((problem) => `${problem.pointer} ${problem.detail}`).join('; ');
  const document = {
    type: contract.refusal.type,
    title: contract.refusal.title,
    status: contract.refusal.status,
    detail: named.slice(0, 2000),
    instance: `urn:dateline:request:${requestId}`,
    code: contract.refusal.code,
    errors: problems,
  };
  const headers = { 'x-request-id': { value: requestId } };
  Object.keys(contract.headers).forEach((name) => {
    headers[name] = { value: contract.headers[name] };
  });
  const response = { statusCode: document.status, statusDescription: 'Bad Request', headers: headers };
  if (method !== 'HEAD') response.body = { encoding: 'text', data: JSON.stringify(document) };
  return response;
}

/** The form that Accept asks for most. None where the query has chosen, or where JSON, which is served anyway, is as welcome. */
function formatFor(route, given, accept) {
  if (!accept || route.formats.length === 0) return undefined;
  if (given.some((parameter) => choosingForm.indexOf(parameter.name) >= 0)) return undefined;
  const ranges = rangesOf(accept.multiValue ? accept.multiValue.map((one) => one.value).join() : accept.value);
  let best = { name: undefined, quality: qualityOf(contract.types.json, ranges) };
  route.formats.forEach((name) => {
    const quality = qualityOf(contract.types[name], ranges);
    if (quality > best.quality) best = { name: name, quality: quality };
  });
  return best.name;
}

/** RFC 9110 §12.5.1. Parameters beside `q` are passed over: no form has a second one of the same type. */
function rangesOf(accept) {
  return accept
    .toLowerCase()
    .split(',')
    .slice(0, mostRanges)
    .map((range) => {
      const parts = range.split(';').map((part) => part.trim());
      const weight = parts.slice(1).filter((part) => /^q\s*=/.test(part))[0];
      return { type: parts[0], quality: weight ? Number(weight.split('=')[1]) || 0 : 1 };
    });
}

/** What the most exact range that matches says; 0 where none does. */
function qualityOf(type, ranges) {
  const matching = [type, `${type.split('/')[0]}/*`, '*/*']
    .map((wanted) => ranges.filter((range) => range.type === wanted))
    .filter((found) => found.length > 0);
  return (matching[0] || []).reduce((most, range) => Math.max(most, range.quality), 0);
}

function decoded(text) {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '));
  } catch (_error) {
    return text;
  }
}

/**
 * One spelling for each value: of a list its values once each, in order. What can't be decoded stays as it came, for the API
 * to judge, and so does the order of a list that is too long to be one, which the API refuses for its length.
 */
function plainValue(text, mostItems) {
  try {
    const value = decodeURIComponent(text.replace(/\+/g, ' '));
    const items = mostItems ? value.split(',') : [value];
    if (items.length > (mostItems || 1)) return encodeURIComponent(value);
    return items
      .filter((item, index) => items.indexOf(item) === index)
      .sort()
      .map((item) => encodeURIComponent(item))
      .join(',');
  } catch (_error) {
    return text;
  }
}
