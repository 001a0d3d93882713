// Starts the same program in a worker. The first message brings the compiled module; whatever comes before
// the program listens for itself is kept and handed over in order.
{
  const early = [];
  const keep = (event) => early.push(event);

  self.onmessage = (first) => {
    self.onmessage = keep;
    wasm_bindgen({ module_or_path: first.data.module })
      .then(() => {
        if (self.onmessage === keep) self.onmessage = null;
        for (const event of early) {
          self.dispatchEvent(new MessageEvent("message", { data: event.data, ports: [...event.ports] }));
        }
      })
      // Thrown out of the promise, so that the page gets it as the worker's error event.
      .catch((error) => setTimeout(() => { throw error; }));
  };
}
