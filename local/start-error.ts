/** A reason not to start (or not to go on) that whoever runs Dateline can act on. Its message is all they need to see. */
export class StartError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
  }
}
