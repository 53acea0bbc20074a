// Promises that only look like the browser's, as polyfills and libraries that follow asynchronous work put in their place.
(() => {
  const Native = Promise;
  class Followed {
    constructor(run) {
      this.inner = new Native(run);
    }
    static of(promise) {
      return new Followed((resolve, reject) => promise.then(resolve, reject));
    }
    then(done, failed) {
      return Followed.of(this.inner.then(done, failed));
    }
    catch(failed) {
      return this.then(undefined, failed);
    }
    finally(done) {
      return Followed.of(this.inner.finally(done));
    }
  }
  for (const name of ["resolve", "reject", "all", "race", "allSettled", "any"]) Followed[name] = (value) => Followed.of(Native[name](value));
  window.Promise = Followed;
})();
