// Starts the program that this page carries. Runs on the page alone; plain JavaScript, because there is no
// WebAssembly yet that could do it.
(async () => {
  "use strict";

  const text = document.getElementById("boot-text");
  const carried = (id) => document.getElementById(id);
  const byId = (id) => carried(id).textContent;

  const fromBase64 = (base64) => {
    if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i += 1) bytes[i] = binary.charCodeAt(i);
    return bytes;
  };

  const bytesOf = (id) => fromBase64(byId(id).trim());

  // Browsers unpack gzip by themselves; the unpacker in it unpacks the program, which is a quarter smaller so.
  const gunzip = (bytes) =>
    new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  const unpack = async () => {
    await unpacker({ module_or_path: gunzip(bytesOf("clickglass-unpacker")) });
    const wasm = unpacker.unpack(bytesOf("clickglass-wasm"), Number(carried("clickglass-wasm").dataset.bytes));
    if (wasm.length === 0) throw new Error("the program is not whole");
    return wasm;
  };

  // What a person can do about it, by the step that failed.
  const advice = {
    "find WebAssembly": "This browser cannot run WebAssembly, or it is switched off. A current Chrome, Edge, Firefox or Safari can.",
    "unpack the program": "The file may be damaged or cut short. Get it again; if that does not help, use a newer browser.",
    "compile the program": "This browser is too old for it. A current Chrome, Edge, Firefox or Safari can open this file.",
    "start the program": "Reload the page. If it happens again, the browser's console has the details.",
  };

  let step = "find WebAssembly";
  try {
    if (typeof WebAssembly !== "object") throw new Error("no WebAssembly");

    step = "unpack the program";
    if (typeof DecompressionStream !== "function") throw new Error("no DecompressionStream");
    const wasm = await unpack();

    step = "compile the program";
    const module = await WebAssembly.compile(wasm);

    step = "start the program";
    // The page and its worker run the same module; the worker is made from the text that is already here,
    // because a page opened from disk may not load another file.
    globalThis.__clickglass = {
      module,
      workerSource: `${byId("clickglass-glue")}\n${byId("clickglass-worker")}`,
    };
    await wasm_bindgen({ module_or_path: module });
  } catch (error) {
    console.error(`clickglass could not ${step}`, error);
    if (!text || !text.isConnected) return;
    text.setAttribute("role", "alert");
    text.setAttribute("data-testid", "boot-error");
    text.textContent = `Clickglass could not ${step}. ${advice[step]} (${error && error.message ? error.message : error})`;
  }
})();
