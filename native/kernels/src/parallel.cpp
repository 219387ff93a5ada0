#include "parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
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

// Workers look for work for a short while after the last, since kernels follow each other closely, then sleep.
class Pool {
 public:
  explicit Pool(int threads) {
    for (int i = 1; i < threads; i++) std::thread([this] { serve(); }).detach();
    workers_ = threads - 1;
  }

  void run(long count, long part, const std::function<void(long, long)>& work) {
    std::lock_guard only_one(callers_);
    work_ = &work;
    count_ = count;
    part_ = part;
    next_.store(0);
    busy_.store(workers_);
    {
      std::lock_guard lock(mutex_);
      round_.fetch_add(1);
    }
    wake_.notify_all();
    take();
    while (busy_.load() != 0) relax();
  }

 private:
  static constexpr int LOOKS = 4000;  // about 50 microseconds

  void take() {
    inside = true;
    for (long begin; (begin = next_.fetch_add(part_)) < count_;) (*work_)(begin, std::min(begin + part_, count_));
    inside = false;
  }

  void serve() {
    for (unsigned seen = 0;;) {
      for (int i = 0; i < LOOKS && round_.load() == seen; i++) relax();
      if (round_.load() == seen) {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [&] { return round_.load() != seen; });
      }
      seen = round_.load();
      take();
      busy_.fetch_sub(1);
    }
  }

  int workers_ = 0;
  std::mutex callers_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<unsigned> round_{0};
  std::atomic<int> busy_{0};
  std::atomic<long> next_{0};
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
