// Signals are the business of the program's own threads: workers are made with all of them blocked.
#ifndef NOPT_CORE_SIGNAL_MASK_H
#define NOPT_CORE_SIGNAL_MASK_H

#include <pthread.h>
#include <signal.h>

namespace nopt {

// Blocks every signal of the calling thread for the lifetime of this object; threads made meanwhile inherit that.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_;
};

}  // namespace nopt

#endif  // NOPT_CORE_SIGNAL_MASK_H
