#include "mlx_kernels.h"
#include "primitives/products.h"

namespace kernels {

namespace {

class Matmul : public CpuPrimitive {
 public:
  using CpuPrimitive::CpuPrimitive;

  void eval_cpu(const std::vector<mx::array>& in, std::vector<mx::array>& out) override {
    make_sum(in.size() > 2 ? &in[2] : nullptr, out[0]);
    MatrixView x = matrix_view(in[0]), w = matrix_view(in[1]);
    Result result{out[0].data<void>(), number_of(out[0].dtype()), w.columns};
    Addend addend = in.size() > 2 ? addend_of(in[2]) : Addend{};
    dispatch(stream(), [=] { gemm(x.as_left(), w.as_right(), addend, result, x.rows, w.columns, x.columns); });
  }

  std::vector<mx::array> vjp(
      const std::vector<mx::array>& in,
      const std::vector<mx::array>& cotangents,
      const std::vector<int>& argnums,
      const std::vector<mx::array>&) override {
    const mx::array &x = in[0], &w = in[1], &g = cotangents[0];
    mx::Stream s = stream();
    std::vector<mx::array> gradients;
    for (int argument : argnums) {
      if (argument == 0) {
        gradients.push_back(matmul(g, mx::transpose(w, s), std::nullopt, x.dtype(), s));
      } else if (argument == 1) {
        gradients.push_back(matmul(mx::transpose(rows_of(x, s), s), rows_of(g, s), std::nullopt, w.dtype(), s));
      } else {
        const mx::array& c = in[2];
        gradients.push_back(mx::astype(c.ndim() == 1 ? mx::sum(rows_of(g, s), 0, false, s) : g, c.dtype(), s));
      }
    }
    return gradients;
  }

  const char* name() const override {
    return "Matmul";
  }

  bool is_equivalent(const Primitive&) const override {
    return true;
  }
};

void check(const mx::array& x, const mx::array& w, const std::optional<mx::array>& c) {
  if (!is_number(x.dtype()) || !is_number(w.dtype()) || (c && !is_number(c->dtype()))) {
    throw std::invalid_argument("matmul takes float32, bfloat16 and float16");
  }
  std::ostringstream said;
  if (x.ndim() < 2 || w.ndim() != 2 || x.shape(-1) != w.shape(0)) {
    said << "matmul takes x [..., rows, depth] and w [depth, columns], not " << x.shape() << " and " << w.shape();
    throw std::invalid_argument(said.str());
  }
  mx::Shape shape = x.shape();
  shape.back() = w.shape(1);
  if (c && c->shape() != shape && c->shape() != mx::Shape{w.shape(1)}) {
    said << "matmul adds an array of shape " << shape << " or [" << w.shape(1) << "], not " << c->shape();
    throw std::invalid_argument(said.str());
  }
}

}  // namespace

mx::array matmul(
    const mx::array& x, const mx::array& w, const std::optional<mx::array>& c, mx::Dtype type, mx::Stream s) {
  mx::Shape shape = x.shape();
  shape.back() = w.shape(1);
  std::vector<mx::array> inputs{x, w};
  if (c) inputs.push_back(row_major(*c, s));
  return mx::array(std::move(shape), type, std::make_shared<Matmul>(s), std::move(inputs));
}

}  // namespace kernels

KERNELS_API int mlxk_matmul(
    mlx_array* res, const mlx_array x, const mlx_array w, const mlx_array c, const mlx_stream s) {
  using namespace kernels;
  return record(res, [&] {
    const mx::array &left = mlx_array_get_(x), &right = mlx_array_get_(w);
    std::optional<mx::array> added;
    if (c.ctx) added = mlx_array_get_(c);
    check(left, right, added);
    mx::Dtype type = mx::result_type(left, right);
    if (added) type = mx::promote_types(type, added->dtype());
    return matmul(left, right, added, type, mlx_stream_get_(s));
  });
}
