#pragma once

/// \file
/// Requests of nodes for certificates: with and without other names. Made for these tests; nobody has the
/// key.

#include <string_view>

namespace test {

/// `O=system:nodes, CN=system:node:n1`, without other names.
inline constexpr std::string_view client_request =
    "-----BEGIN CERTIFICATE REQUEST-----\n"
    "MIHsMIGSAgEAMDAxFTATBgNVBAoMDHN5c3RlbTpub2RlczEXMBUGA1UEAwwOc3lz\n"
    "dGVtOm5vZGU6bjEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARxN5z80KZ8xlpB\n"
    "irfxz9rrfsE4S0jgegj9J5V41tq3xKt0vf+R7vfylgET24/aDiiwY4Pb9OoPkc3M\n"
    "hMV5FuPIoAAwCgYIKoZIzj0EAwIDSQAwRgIhAPFXQoIe3pBygOhfkCfr/ePRyB8c\n"
    "Dsbm6+CZ6ntYDNp4AiEAmo9ZDScW5TEo0+f1DO12rTLXUpMkuY7Gj0JXzoqj3Vk=\n"
    "-----END CERTIFICATE REQUEST-----\n";

/// The same for `n1` and 10.0.0.1.
inline constexpr std::string_view serving_request =
    "-----BEGIN CERTIFICATE REQUEST-----\n"
    "MIIBEDCBuAIBADAwMRUwEwYDVQQKDAxzeXN0ZW06bm9kZXMxFzAVBgNVBAMMDnN5\n"
    "c3RlbTpub2RlOm4xMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEcTec/NCmfMZa\n"
    "QYq38c/a637BOEtI4HoI/SeVeNbat8SrdL3/ke738pYBE9uP2g4osGOD2/TqD5HN\n"
    "zITFeRbjyKAmMCQGCSqGSIb3DQEJDjEXMBUwEwYDVR0RBAwwCoICbjGHBAoAAAEw\n"
    "CgYIKoZIzj0EAwIDRwAwRAIgD/jAsUYHuecxZV6e2Bn/ZHxnBos/4g/TRWHDTITP\n"
    "0uICIAaUG/h3cwquYCtg98cCFvKsdr2rBaIiz/apfWS3s/ko\n"
    "-----END CERTIFICATE REQUEST-----\n";

/// The same with an address for mail and a URI besides.
inline constexpr std::string_view talkative_request =
    "-----BEGIN CERTIFICATE REQUEST-----\n"
    "MIIBGTCBwAIBADAwMRUwEwYDVQQKDAxzeXN0ZW06bm9kZXMxFzAVBgNVBAMMDnN5\n"
    "c3RlbTpub2RlOm4xMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEcTec/NCmfMZa\n"
    "QYq38c/a637BOEtI4HoI/SeVeNbat8SrdL3/ke738pYBE9uP2g4osGOD2/TqD5HN\n"
    "zITFeRbjyKAuMCwGCSqGSIb3DQEJDjEfMB0wGwYDVR0RBBQwEoICbjGBBWFAYi5j\n"
    "hgV1cm46eDAKBggqhkjOPQQDAgNIADBFAiEAmau8vClEUmUj8A2Ua8SQrwY0t1p1\n"
    "hAN08u7uPwvXMaoCIDk0AR1393bjpchh72nGYQwO0CqW6wdp7JNT68P8MPWP\n"
    "-----END CERTIFICATE REQUEST-----\n";

} // namespace test
