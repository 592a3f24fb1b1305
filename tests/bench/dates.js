// dates.js PEER FILE: megabytes of text a second of processor time in which a peer of that
// name finds the dates of JSON lines; nothing where node does not find it (NODE_PATH). Of the
// slower ones the first lines are enough; to load them is not counted.
const peers = {
  "chrono-node": { bytes: 4e6, load () {
    const chrono = require("chrono-node");
    return text => chrono.parse(text).length;
  } },
  "winkNLP": { bytes: 2e6, load () {
    const nlp = require("wink-nlp")(require("wink-eng-lite-web-model"), ["sbd", "ner"]);
    const kinds = new Set(["DATE", "TIME", "DURATION"]);
    return text => nlp.readDoc(text).entities()
      .filter(one => kinds.has(one.out(nlp.its.type))).length();
  } },
  "compromise-dates": { bytes: 3e5, load () {
    const nlp = require("compromise");
    nlp.plugin(require("compromise-dates"));
    return text => nlp(text).dates().get().length;
  } },
};
const peer = peers[process.argv[2]];
const find = peer.load();
const lines = require("fs").readFileSync(process.argv[3], "utf8").split("\n").filter(Boolean)
  .map(line => JSON.parse(line).text);
find(lines[0]);
let bytes = 0, found = 0;
const began = process.cpuUsage();
for (const text of lines) {
  if (bytes > peer.bytes) break;
  bytes += Buffer.byteLength(text);
  found += find(text);
}
const took = process.cpuUsage(began);
if (found > 0) console.log((bytes / (took.user + took.system)).toFixed(3));
