#pragma once

/// \file
/// Certificates that end before and after 2050, from when on their times are written with four digits of the
/// year.

#include <berth/core/time.hpp>

#include <string_view>

namespace test {

inline constexpr std::string_view early_certificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBbDCCAROgAwIBAgIUAPXIQfNd1OvGL1bRhPtAUJTvawEwCgYIKoZIzj0EAwIw\n"
    "DDEKMAgGA1UEAwwBYTAeFw0yNjExMzAyMDM1NDVaFw0yNjEyMzAyMDM1NDVaMAwx\n"
    "CjAIBgNVBAMMAWEwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT+A+mmrAivEb+5\n"
    "m60f7t7W6AIS+TZLr9fp9yE9459+KVkMh2WhVU8xkdTeYMtMeTMx1DPaG/ee9pmf\n"
    "KxjL7UZoo1MwUTAdBgNVHQ4EFgQUDL8zkDxzzloKDHj0jqk05x6t+kAwHwYDVR0j\n"
    "BBgwFoAUDL8zkDxzzloKDHj0jqk05x6t+kAwDwYDVR0TAQH/BAUwAwEB/zAKBggq\n"
    "hkjOPQQDAgNHADBEAiB0wxZuEfXmSJ/Xee6gStF4RhrMfBH/EgGOo20hd2N0KQIg\n"
    "G9Rls3Zk0eidTID2PviZdjpChdkPBKCHtqb1alFcMtg=\n"
    "-----END CERTIFICATE-----\n";
inline constexpr auto end_of_early =
    berth::time_point::from_unix_seconds(1798662945); // Dec 30 20:35:45 2026 GMT

inline constexpr std::string_view late_certificate =
    "-----BEGIN CERTIFICATE-----\n"
    "MIIBbzCCARWgAwIBAgIUT5+avrHWpAxR6ttNJ9t9o5i2wkAwCgYIKoZIzj0EAwIw\n"
    "DDEKMAgGA1UEAwwBYTAgFw0yNjExMzAyMDM1NDVaGA8yMDY2MTEyMDIwMzU0NVow\n"
    "DDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABHogi5M0j8Hr\n"
    "OR/u4XiEfMU4xnt9ge+QZTRjAWNCqcbBf0xKXu2y4gSUi5SS6WWLwfptC+xqDM83\n"
    "bprW7b+cDzWjUzBRMB0GA1UdDgQWBBQgVFNyvB/VX8EoYaipTAUaHEOyRTAfBgNV\n"
    "HSMEGDAWgBQgVFNyvB/VX8EoYaipTAUaHEOyRTAPBgNVHRMBAf8EBTADAQH/MAoG\n"
    "CCqGSM49BAMCA0gAMEUCIDutnKJQq0rwCbS98dbPxz3EtN7QZm48LnLdkuh5LdAI\n"
    "AiEAiqKGvs/i8irRpLm5Bv/C3dh90ZnZUjvT3Xa8LRqKhe0=\n"
    "-----END CERTIFICATE-----\n";
inline constexpr auto end_of_late =
    berth::time_point::from_unix_seconds(3057510945); // Nov 20 20:35:45 2066 GMT

} // namespace test
