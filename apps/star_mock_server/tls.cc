#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <utility>

#include "apps/star_mock_server/tls_internal.h"

namespace stareval {
namespace {

struct Free {
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
using Certificate = std::unique_ptr<X509, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;

constexpr long kDay_s = 24 * 60 * 60;

struct Identity {
  Key key;
  Certificate certificate;
};

struct Wanted {
  const char* name;
  const char* constraints;    // extension basicConstraints
  const char* hosts;          // extension subjectAltName; nullptr for none
  long from_s, to_s;          // from now
  const Identity* authority;  // nullptr: signs itself
};

// The numbers of certificates of one authority must differ; two are made at most.
long serial_of(const Wanted& wanted) { return wanted.authority == nullptr ? 1 : 2; }

bool add_extension(X509* certificate, int kind, const char* value) {
  const std::unique_ptr<X509_EXTENSION, Free> extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, kind, value));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool fill(X509* certificate, EVP_PKEY* key, const Wanted& wanted) {
  X509_NAME* name = X509_get_subject_name(certificate);
  const auto* text = reinterpret_cast<const unsigned char*>(wanted.name);
  X509_NAME* issuer = wanted.authority == nullptr
                          ? name
                          : X509_get_subject_name(wanted.authority->certificate.get());
  return X509_set_version(certificate, X509_VERSION_3) == 1 &&
         ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial_of(wanted)) == 1 &&
         X509_gmtime_adj(X509_getm_notBefore(certificate), wanted.from_s) != nullptr &&
         X509_gmtime_adj(X509_getm_notAfter(certificate), wanted.to_s) != nullptr &&
         X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0) == 1 &&
         X509_set_issuer_name(certificate, issuer) == 1 && X509_set_pubkey(certificate, key) == 1 &&
         add_extension(certificate, NID_basic_constraints, wanted.constraints) &&
         (wanted.hosts == nullptr ||
          add_extension(certificate, NID_subject_alt_name, wanted.hosts));
}

Error refused(std::string_view what) {
  std::array<char, 256> reason{};
  ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
  return make_error(ErrorCode::io, "cannot make {}: {}", what, reason.data());
}

Result<Identity> make_identity(const Wanted& wanted) {
  Identity made{Key(EVP_EC_gen("P-256")), Certificate(X509_new())};
  if (made.key == nullptr || made.certificate == nullptr) return refused("a key");
  EVP_PKEY* signer = wanted.authority == nullptr ? made.key.get() : wanted.authority->key.get();
  if (!fill(made.certificate.get(), made.key.get(), wanted) ||
      X509_sign(made.certificate.get(), signer, EVP_sha256()) == 0)
    return refused("a certificate");
  return made;
}

Result<std::string> to_pem(X509* certificate) {
  const std::unique_ptr<BIO, Free> memory(BIO_new(BIO_s_mem()));
  if (memory == nullptr || PEM_write_bio_X509(memory.get(), certificate) != 1)
    return refused("the file of a certificate");
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return std::string(text, static_cast<std::size_t>(size));
}

constexpr const char* kOurHosts = "IP:127.0.0.1,DNS:localhost";

Wanted wanted_for(MockTls mode, const Identity* authority) {
  if (mode == MockTls::expired)
    return {"expired", "CA:FALSE", kOurHosts, -30 * kDay_s, -kDay_s, authority};
  if (mode == MockTls::wrong_host)
    return {"wrong host", "CA:FALSE", "DNS:another.invalid", -kDay_s, 30 * kDay_s, authority};
  return {"star-mock-server", "CA:FALSE", kOurHosts, -kDay_s, 30 * kDay_s, authority};
}

constexpr std::array<std::pair<std::string_view, MockTls>, 5> kNames{
    {{"off", MockTls::off},
     {"trusted", MockTls::trusted},
     {"self-signed", MockTls::self_signed},
     {"expired", MockTls::expired},
     {"wrong-host", MockTls::wrong_host}}};

}  // namespace

Result<MockTls> tls_named(const std::string& name) {
  for (const auto& [known, mode] : kNames)
    if (known == name) return mode;
  return make_error(ErrorCode::usage,
                    "--tls: expected trusted, self-signed, expired or wrong-host, found \"{}\"",
                    name);
}

Result<TlsSetup> make_tls(MockTls mode) {
  TlsSetup setup;
  if (mode == MockTls::off) return setup;
  Identity authority;
  if (mode != MockTls::self_signed) {
    STAREVAL_TRY(authority, make_identity({"star-mock-server authority", "critical,CA:TRUE",
                                           nullptr, -40 * kDay_s, 40 * kDay_s, nullptr}));
    STAREVAL_TRY(setup.authority, to_pem(authority.certificate.get()));
  }
  const bool alone = mode == MockTls::self_signed;
  STAREVAL_TRY(const Identity own, make_identity(wanted_for(mode, alone ? nullptr : &authority)));
  setup.context.reset(SSL_CTX_new(TLS_server_method()));
  SSL_CTX* context = setup.context.get();
  if (context == nullptr || SSL_CTX_use_certificate(context, own.certificate.get()) != 1 ||
      SSL_CTX_use_PrivateKey(context, own.key.get()) != 1)
    return refused("a TLS server");
  SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  return setup;
}

}  // namespace stareval
