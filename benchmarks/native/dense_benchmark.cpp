// Dense layers forward and backward, with each implementation of the matrix product. Items are floating-point
// operations.
#include <string>

#include "benchmark_support.h"
#include "core/processors.h"
#include "gemm_peers/fma_peak.h"
#include "gemm/openblas.h"
#include "kernels/dense_backward.h"
#include "kernels/dense_forward.h"

namespace nopt {
namespace {

struct Shape {
  int64_t batch, in, out;
};

constexpr Shape kShapes[] = {{1, 784, 128},   {32, 784, 128},  {32, 128, 10},    {32, 512, 512},
                             {256, 784, 128}, {256, 512, 512}, {32, 1024, 1024}, {256, 1024, 1024}};

nopt_matrix matrix(float* data, int64_t rows, int64_t columns) {
  return {data, rows, columns, columns, NOPT_DTYPE_F32, NOPT_LAYOUT_ROW_MAJOR};
}

void forward(benchmark::State& state, Shape s, int implementation) {
  BenchmarkArrays arrays;
  nopt_dense_forward_args args = {};
  args.struct_size = sizeof(args);
  args.activation = NOPT_ACTIVATION_RELU;
  args.x = matrix(arrays.make(s.batch * s.in), s.batch, s.in);
  args.w = matrix(arrays.make(s.in * s.out), s.in, s.out);
  args.b = matrix(arrays.make(s.out), 1, s.out);
  args.y = matrix(arrays.make(s.batch * s.out), s.batch, s.out);
  const Execution execution = benchmark_execution(state.range(0), implementation);
  const FpModeGuard guard;
  for (auto _ : state) run_dense_forward(execution, args);
  state.SetItemsProcessed(state.iterations() * 2 * s.batch * s.in * s.out);
}

// Gradients of the weights, the bias and the inputs.
void backward(benchmark::State& state, Shape s, int implementation) {
  BenchmarkArrays arrays;
  nopt_dense_backward_args args = {};
  args.struct_size = sizeof(args);
  args.activation = NOPT_ACTIVATION_RELU;
  args.x = matrix(arrays.make(s.batch * s.in), s.batch, s.in);
  args.w = matrix(arrays.make(s.in * s.out), s.in, s.out);
  args.y = matrix(arrays.make(s.batch * s.out), s.batch, s.out);
  args.dy = matrix(arrays.make(s.batch * s.out), s.batch, s.out);
  args.dw = matrix(arrays.make(s.in * s.out), s.in, s.out);
  args.db = matrix(arrays.make(s.out), 1, s.out);
  args.dx = matrix(arrays.make(s.batch * s.in), s.batch, s.in);
  const Execution execution = benchmark_execution(state.range(0), implementation);
  const FpModeGuard guard;
  for (auto _ : state) run_dense_backward(execution, args);
  state.SetItemsProcessed(state.iterations() * 4 * s.batch * s.in * s.out);
}

// What no product can exceed on one thread.
void fma_peak(benchmark::State& state) {
  int64_t operations = 0;
  for (auto _ : state) operations += run_fma_peak(best_isa(), 10000);
  state.SetItemsProcessed(operations);
}

void register_shape(const Shape& shape, const char* implementation_name, int implementation) {
  const std::string name = std::string("/") + implementation_name + "/" + std::to_string(shape.batch) + "x" +
                           std::to_string(shape.in) + "x" + std::to_string(shape.out);
  // One thread is measured in processor time, which other programs disturb less; several only in the time that passes.
  benchmark::RegisterBenchmark(("forward" + name).c_str(), forward, shape, implementation)->Arg(1);
  benchmark::RegisterBenchmark(("backward" + name).c_str(), backward, shape, implementation)->Arg(1);
  for (int64_t threads = 2; threads <= usable_processors(); threads *= 2) {
    benchmark::RegisterBenchmark(("forward" + name).c_str(), forward, shape, implementation)
        ->Arg(threads)
        ->UseRealTime();
    benchmark::RegisterBenchmark(("backward" + name).c_str(), backward, shape, implementation)
        ->Arg(threads)
        ->UseRealTime();
  }
}

int register_all() {
  benchmark::RegisterBenchmark("probe/clock", probe_clock);
  benchmark::RegisterBenchmark("probe/first_level_cache", probe_first_level_cache);
  benchmark::RegisterBenchmark("limit/fma_peak", fma_peak);
  for (const Shape& shape : kShapes) {
    register_shape(shape, "auto", NOPT_GEMM_AUTO);
    register_shape(shape, "own", NOPT_GEMM_OWN);
    if (openblas_available()) register_shape(shape, "openblas", NOPT_GEMM_OPENBLAS);
  }
  benchmark::RegisterBenchmark("probe/first_level_cache_again", probe_first_level_cache);
  return 0;
}

const int registered = register_all();

}  // namespace
}  // namespace nopt
