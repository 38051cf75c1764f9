// Runs ONNX models: node run-onnx.js PATH_OF_ONNXRUNTIME_NODE, with a JSON list of { model, data, shape } on standard input. Prints the
// list of their outputs.
const ort = require(process.argv[2]);
const requests = JSON.parse(require("fs").readFileSync(0, "utf8"));

async function run({ model, data, shape }) {
  const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1 });
  const { output } = await session.run({ input: new ort.Tensor("float32", Float32Array.from(data), shape) });
  return Array.from(output.data);
}

async function main() {
  const outputs = [];
  for (const request of requests) outputs.push(await run(request));
  process.stdout.write(JSON.stringify(outputs));
}

main().catch(error => {
  console.error(error);
  process.exit(1);
});
