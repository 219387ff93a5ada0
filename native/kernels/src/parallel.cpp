#include "parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#if defined(__linux__)
#include <sched.h>
#endif

namespace kernels {

namespace {

thread_local bool inside = false;

inline void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

int physical_cores() {
  int logical = std::max(1u, std::thread::hardware_concurrency());
#if defined(__linux__)
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return logical;
  std::set<std::string> cores;
  int counted = 0;
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
    if (!CPU_ISSET(cpu, &allowed)) continue;
    counted++;
    std::ifstream siblings("/sys/devices/system/cpu/cpu" + std::to_string(cpu) + "/topology/thread_siblings_list");
    std::string line;
    std::getline(siblings, line);
    cores.insert(line.empty() ? "cpu" + std::to_string(cpu) : line);
  }
  return counted == 0 ? logical : static_cast<int>(cores.size());
#else
  return logical;
#endif
}

// A container's share of the processors (cgroup v2), rounded up; the number of cores where there is none.
int within_quota(int cores) {
#if defined(__linux__)
  std::ifstream file("/sys/fs/cgroup/cpu.max");
  std::string quota;
  double period = 0;
  if (file >> quota >> period && quota != "max" && period > 0) {
    int share = static_cast<int>(std::stod(quota) / period + 0.999);
    return std::clamp(share, 1, cores);
  }
#endif
  return cores;
}

int wanted() {
  for (const char* name : {"MLX_KERNEL_THREADS", "OPENBLAS_NUM_THREADS"}) {
    const char* value = std::getenv(name);
    int count = value ? std::atoi(value) : 0;
    if (count > 0) return count;
  }
  return within_quota(physical_cores());
}

// Workers look for work for a short while after the last, since kernels follow each other closely, then sleep. The caller
// waits for parts, not for workers: one that wakes late, on a busy machine, holds nobody up.
class Pool {
 public:
  explicit Pool(int threads) {
    for (int i = 1; i < threads; i++) std::thread([this] { serve(); }).detach();
  }

  void run(long count, long part, const std::function<void(long, long)>& work) {
    std::lock_guard only_one(callers_);
    work_ = &work;
    count_ = count;
    part_ = part;
    uint16_t parts = static_cast<uint16_t>((count + part - 1) / part);
    done_.store(0);
    {
      std::lock_guard lock(mutex_);
      ticket_.store(Ticket{++round_, parts, 0});
    }
    wake_.notify_all();
    take(round_);
    for (int looks = 0; done_.load() != parts; looks++) looks < LOOKS ? relax() : std::this_thread::yield();
  }

 private:
  static constexpr int LOOKS = 4000;  // about 50 microseconds

  // The next part to be taken. All in one number, so that nobody takes a part of a round that is over.
  struct alignas(8) Ticket {
    uint32_t round;
    uint16_t parts;
    uint16_t next;
  };

  void take(uint32_t round) {
    inside = true;
    Ticket seen = ticket_.load();
    while (seen.round == round && seen.next < seen.parts) {
      Ticket after{seen.round, seen.parts, static_cast<uint16_t>(seen.next + 1)};
      if (!ticket_.compare_exchange_weak(seen, after)) continue;
      long begin = seen.next * part_;
      (*work_)(begin, std::min(begin + part_, count_));
      done_.fetch_add(1);
      seen = ticket_.load();
    }
    inside = false;
  }

  void serve() {
    for (uint32_t seen = 0;;) {
      for (int i = 0; i < LOOKS && ticket_.load().round == seen; i++) relax();
      if (ticket_.load().round == seen) {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return ticket_.load().round != seen; });
      }
      seen = ticket_.load().round;
      take(seen);
    }
  }

  std::mutex callers_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<Ticket> ticket_{Ticket{}};
  std::atomic<uint32_t> done_{0};
  uint32_t round_ = 0;
  long count_ = 0;
  long part_ = 1;
  const std::function<void(long, long)>* work_ = nullptr;
};

Pool& pool() {
  // Never destroyed: its threads run until the process ends.
  static Pool* const pool = new Pool(threads());
  return *pool;
}

}  // namespace

int threads() {
  static const int count = wanted();
  return count;
}

void parallel(long count, long grain, const std::function<void(long, long)>& work) {
  if (count <= 0) return;
  if (inside || threads() == 1 || count <= grain) {
    work(0, count);
    return;
  }
  // A few parts for each thread, so that one that is held up does not hold up all.
  long part = std::max(grain, (count + 4L * threads() - 1) / (4L * threads()));
  pool().run(count, part, work);
}

}  // namespace kernels
