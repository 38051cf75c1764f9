// oneDNN: its matmul primitive, made once a shape, on matrices as they lie in memory.
#include "gemm_peers/peer.h"

#if NOPT_HAVE_ONEDNN

#include <dnnl.hpp>

namespace nopt {
namespace {

dnnl::memory::desc describe(int64_t rows, int64_t columns, int64_t stride, bool transposed) {
  const dnnl::memory::dims strides = transposed ? dnnl::memory::dims{1, stride} : dnnl::memory::dims{stride, 1};
  return {{rows, columns}, dnnl::memory::data_type::f32, strides};
}

GemmRun prepare(const GemmProduct& p) {
  static const dnnl::engine engine(dnnl::engine::kind::cpu, 0);
  static dnnl::stream stream(engine);
  const dnnl::memory a(describe(p.m, p.k, p.lda, p.transpose_a), engine, const_cast<float*>(p.a));
  const dnnl::memory b(describe(p.k, p.n, p.ldb, p.transpose_b), engine, const_cast<float*>(p.b));
  const dnnl::memory c(describe(p.m, p.n, p.ldc, false), engine, p.c);
  const dnnl::matmul matmul(
      dnnl::matmul::primitive_desc(dnnl::matmul::desc(a.get_desc(), b.get_desc(), c.get_desc()), engine));
  const std::unordered_map<int, dnnl::memory> arguments = {{DNNL_ARG_SRC, a}, {DNNL_ARG_WEIGHTS, b}, {DNNL_ARG_DST, c}};
  return [=] { matmul.execute(stream, arguments); };
}

}  // namespace

void add_onednn(std::vector<GemmPeer>* peers, std::vector<std::string>*) {
  peers->push_back({"oneDNN", prepare});
}

}  // namespace nopt

#else

namespace nopt {

void add_onednn(std::vector<GemmPeer>*, std::vector<std::string>* missing) {
  missing->push_back("oneDNN was not found by CMake");
}

}  // namespace nopt

#endif
