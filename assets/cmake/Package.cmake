# smartca-proxy_VERSION_ARCHITECTURE.deb, into the build folder:   cmake --build --preset release --target deb
#
# What is in it beyond what `cmake --install` puts into place is the component "package". The page has to be in
# build/release/dist. A build without SOURCE_DATE_EPOCH takes the commit's time, so that two of one commit are the same bytes.
install(DIRECTORY "${PROJECT_BINARY_DIR}/dist/" DESTINATION share/smartca)
install(FILES "${PROJECT_SOURCE_DIR}/assets/systemd/smartca-proxy.service" DESTINATION lib/systemd/system)
install(FILES "${PROJECT_SOURCE_DIR}/assets/systemd/smartca-proxy.sysusers" DESTINATION lib/sysusers.d RENAME smartca-proxy.conf)

set(package_files "${PROJECT_SOURCE_DIR}/assets/package")
set(packed "${PROJECT_BINARY_DIR}/package")
install(FILES "${package_files}/proxy.json" DESTINATION /etc/smartca COMPONENT package EXCLUDE_FROM_ALL)
install(FILES "${packed}/smartca-proxy.1.gz" DESTINATION share/man/man1 COMPONENT package EXCLUDE_FROM_ALL)
install(FILES "${package_files}/copyright" "${packed}/bill-of-materials.json" DESTINATION share/doc/smartca-proxy
        COMPONENT package EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME smartca-proxy)
set(CPACK_PACKAGE_CONTACT "The SmartCA certificate dialog authors <nobody@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "dialog and sidecar that attach VNPT SmartCA certificates to portal users")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION web)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "ca-certificates, systemd | systemd-standalone-sysusers | systemd-sysusers")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libpq5")
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
    "${package_files}/postinst;${package_files}/prerm;${package_files}/postrm;${package_files}/conffiles")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_STRIP_FILES ON)
set(CPACK_SET_DESTDIR ON)  # for what goes to /etc
set(CPACK_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_CMAKE_PROJECTS "${PROJECT_BINARY_DIR};smartca;ALL;/" "${PROJECT_BINARY_DIR};smartca;package;/")
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)

add_custom_target(deb
  COMMAND bash "${package_files}/build.sh" "${PROJECT_BINARY_DIR}" "${PROJECT_VERSION}" "${IMGUI_VERSION}"
  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}" USES_TERMINAL VERBATIM)
add_dependencies(deb smartca-proxy)
