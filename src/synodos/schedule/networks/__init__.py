"""What has to be done before what: how does a portfolio become a network?"""
