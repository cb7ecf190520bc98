// TLS of the mock server, with certificates made at its start.
// Thread  make_tls() is pure; the context is for the server's thread.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "apps/star_mock_server/mock_server.h"
#include "libstareval/base/result.h"

namespace stareval {

struct FreeTls {
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* session) const { SSL_free(session); }
};

using TlsContext = std::unique_ptr<SSL_CTX, FreeTls>;
using TlsSession = std::unique_ptr<SSL, FreeTls>;

struct TlsSetup {
  TlsContext context;     // of the server, with its certificate; null with MockTls::off
  std::string authority;  // PEM: what a client must trust; "" with off and self_signed
};

// io where OpenSSL refuses.
[[nodiscard]] Result<TlsSetup> make_tls(MockTls mode);

}  // namespace stareval
