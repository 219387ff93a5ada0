// Tensors of a file as arrays: mapped where they are aligned, otherwise read by several threads into large pages.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <memory>

#include "mlx/c/private/enums.h"
#include "mlx_tensor_file.h"
#include "parallel.h"
#include "primitives/support.h"

namespace kernels {
namespace {

// MLX's memory on a CPU begins with its size, and arrays begin behind that. So a mapped array has for its size the bytes of
// the file that come before it, which MLX uses only to see whether the memory suits another array of the same extent.
constexpr size_t SIZE_BEFORE_ARRAY = sizeof(size_t);
constexpr size_t ALIGNMENT = alignof(size_t);
constexpr size_t LARGE_PAGE = size_t{2} << 20;
constexpr size_t PIECE = size_t{2} << 20;

size_t round_up(size_t n, size_t unit) {
  return (n + unit - 1) / unit * unit;
}

class TensorFile {
 public:
  explicit TensorFile(std::string name) : name_(std::move(name)), descriptor_(open(name_.c_str(), O_RDONLY | O_CLOEXEC)) {
    struct stat status {};
    if (descriptor_ < 0 || fstat(descriptor_, &status) != 0) throw failure("opened", errno);
    bytes_ = status.st_size;
    // Private, so that MLX may compute in the memory of an array that nobody else needs any more and the file stays as it
    // is; without a reserve for copies of pages, since weights are not written to.
    void* start = mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, descriptor_, 0);
    if (start == MAP_FAILED) throw failure("mapped", errno);
    start_ = static_cast<char*>(start);
    page_ = sysconf(_SC_PAGESIZE);
  }

  TensorFile(const TensorFile&) = delete;
  TensorFile& operator=(const TensorFile&) = delete;

  ~TensorFile() {
    if (start_ != nullptr) munmap(start_, bytes_);
    if (descriptor_ >= 0) close(descriptor_);
  }

  // Where bytes of the mapped file are.
  char* mapped(size_t offset) const {
    return start_ + offset;
  }

  // Throws unless the file has these bytes.
  void require(size_t offset, size_t count) const {
    if (offset <= bytes_ && count <= bytes_ - offset) return;
    throw std::invalid_argument(
        name_ + " has " + std::to_string(bytes_) + " bytes; no tensor of " + std::to_string(count) + " begins at " +
        std::to_string(offset));
  }

  // Has the system fetch bytes from the disk before they are needed.
  void fetch(size_t offset, size_t count) const {
    posix_fadvise(descriptor_, offset, count, POSIX_FADV_WILLNEED);
  }

  // Copies bytes into memory that is new to this process: in pages of 2 MB that is there in a fraction of the time.
  void read(char* data, size_t count, size_t offset) const {
#ifdef MADV_HUGEPAGE
    size_t first = round_up(reinterpret_cast<size_t>(data), LARGE_PAGE);
    size_t last = reinterpret_cast<size_t>(data + count) / LARGE_PAGE * LARGE_PAGE;
    if (first < last) madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE);
#endif
    std::atomic<int> error{0};
    parallel((count + PIECE - 1) / PIECE, 1, [&](long from, long to) {
      size_t begin = from * PIECE, end = std::min(count, to * PIECE);
      int failed = read_here(data + begin, end - begin, offset + begin);
      if (failed != 0) error = failed;
    });
    if (error != 0) throw failure("read", error);
  }

  // Lets the pages of bytes go that nothing needs any more, except for those at the ends, of which others have a part.
  void forget(size_t offset, size_t count) const {
    size_t first = round_up(offset, page_), last = (offset + count) / page_ * page_;
    if (first < last) madvise(start_ + first, last - first, MADV_DONTNEED);
  }

 private:
  // 0, or what went wrong; ENODATA where the file ends too early.
  int read_here(char* data, size_t count, size_t offset) const {
    while (count > 0) {
      ssize_t got = pread(descriptor_, data, count, offset);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return got == 0 ? ENODATA : errno;
      data += got;
      offset += got;
      count -= got;
    }
    return 0;
  }

  std::runtime_error failure(const char* what, int error) const {
    return std::runtime_error(name_ + " cannot be " + what + ": " + std::strerror(error));
  }

  std::string name_;
  int descriptor_;
  char* start_{nullptr};
  size_t bytes_{0}, page_{0};
};

using Shared = std::shared_ptr<TensorFile>;

// Reads a tensor when it is first computed.
class ReadTensor : public CpuPrimitive {
 public:
  ReadTensor(mx::Stream s, Shared file, size_t offset) : CpuPrimitive(s), file_(std::move(file)), offset_(offset) {}

  void eval_cpu(const std::vector<mx::array>&, std::vector<mx::array>& out) override {
    out[0].set_data(mx::allocator::malloc(out[0].nbytes()));
    // On the calling thread, which an error of the disk can be thrown on.
    file_->read(out[0].data<char>(), out[0].nbytes(), offset_);
  }

  const char* name() const override {
    return "ReadTensor";
  }

 private:
  Shared file_;
  size_t offset_;
};

mx::array tensor(const Shared& file, size_t offset, mx::Shape shape, mx::Dtype type, mx::Stream stream) {
  size_t count = mx::size_of(type);
  for (int length : shape) count *= length;
  file->require(offset, count);
  file->fetch(offset, count);
  if (offset % ALIGNMENT != 0 || offset < SIZE_BEFORE_ARRAY || count == 0) {
    return mx::array(
        std::move(shape), type, std::make_shared<ReadTensor>(stream, file, offset), std::vector<mx::array>{});
  }
  return mx::array(
      mx::allocator::Buffer(file->mapped(offset) - SIZE_BEFORE_ARRAY),
      std::move(shape),
      type,
      [file, offset, count](mx::allocator::Buffer) { file->forget(offset, count); });
}

bool possible() {
  mx::allocator::Buffer buffer = mx::allocator::malloc(SIZE_BEFORE_ARRAY);
  bool plain = buffer.raw_ptr() == static_cast<char*>(buffer.ptr()) + SIZE_BEFORE_ARRAY;
  mx::allocator::free(buffer);
  return plain;
}

template <typename F>
int guarded(F&& body) {
  try {
    body();
    return 0;
  } catch (std::exception& e) {
    mlx_error("%s", e.what());
    return 1;
  }
}

}  // namespace
}  // namespace kernels

KERNELS_API int mlxk_tensor_file_possible(bool* res) {
  return kernels::guarded([&] { *res = kernels::possible(); });
}

KERNELS_API int mlxk_tensor_file_new(mlxk_tensor_file* res, const char* file) {
  return kernels::guarded([&] { res->ctx = new kernels::Shared(std::make_shared<kernels::TensorFile>(file)); });
}

KERNELS_API int mlxk_tensor_file_array(
    mlx_array* res, mlxk_tensor_file file, size_t offset, const int* shape, size_t shape_num, mlx_dtype dtype, const mlx_stream s) {
  return kernels::record(res, [&] {
    return kernels::tensor(
        *static_cast<kernels::Shared*>(file.ctx),
        offset,
        {shape, shape + shape_num},
        mlx_dtype_to_cpp(dtype),
        mlx_stream_get_(s));
  });
}

KERNELS_API int mlxk_tensor_file_free(mlxk_tensor_file file) {
  return kernels::guarded([&] { delete static_cast<kernels::Shared*>(file.ctx); });
}
