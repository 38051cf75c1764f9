// The products of dense layers that are compared.
#ifndef NOPT_BENCHMARKS_GEMM_PEERS_SHAPES_H
#define NOPT_BENCHMARKS_GEMM_PEERS_SHAPES_H

#include <string>

#include "benchmark_support.h"
#include "gemm/product.h"

namespace nopt {

enum class Pass { kForward, kWeightGradient, kInputGradient };

constexpr Pass kPasses[] = {Pass::kForward, Pass::kWeightGradient, Pass::kInputGradient};
constexpr int64_t kBatches[] = {1, 8, 32, 64, 128, 256, 1024};
constexpr int64_t kLayers[][2] = {{784, 128},  {128, 10},    {512, 512}, {1024, 1024},
                                  {3072, 512}, {4096, 4096}, {783, 127}};  // in, out

inline const char* pass_name(Pass pass) {
  switch (pass) {
    case Pass::kForward:
      return "y = x w";
    case Pass::kWeightGradient:
      return "dw = x^T dy";
    case Pass::kInputGradient:
      return "dx = dy w^T";
  }
  return "";
}

inline std::string product_name(Pass pass, int64_t batch, int64_t in, int64_t out) {
  return std::to_string(batch) + "x" + std::to_string(in) + "x" + std::to_string(out) + " " + pass_name(pass);
}

// x is [batch, in], w is [in, out], y is [batch, out]; their gradients have the same shapes.
inline GemmProduct make_product(Pass pass, int64_t batch, int64_t in, int64_t out, BenchmarkArrays* arrays) {
  float* const x = arrays->make(batch * in);
  float* const w = arrays->make(in * out);
  float* const y = arrays->make(batch * out);
  if (pass == Pass::kForward) return {false, false, batch, out, in, x, in, w, out, 0.0f, y, out};
  if (pass == Pass::kWeightGradient) return {true, false, in, out, batch, x, in, y, out, 0.0f, w, out};
  return {false, true, batch, in, out, y, out, w, out, 0.0f, x, in};
}

inline double operations(const GemmProduct& p) {
  return 2.0 * static_cast<double>(p.m) * static_cast<double>(p.n) * static_cast<double>(p.k);
}

}  // namespace nopt

#endif  // NOPT_BENCHMARKS_GEMM_PEERS_SHAPES_H
